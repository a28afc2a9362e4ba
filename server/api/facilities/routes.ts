import type { facilitiesContract } from '@lianzhen/contracts/facilities.ts';
import type { UseCases } from '../http/bind.ts';
import { previewCharset } from '../imaging/preview-charset.ts';
import { setCharset } from '../imaging/set-charset.ts';
import { createAgreement, endAgreement, listAgreements, signAgreement } from './agreements.ts';
import { listDevices } from './list-devices.ts';
import { listFacilities, listReachableCentres } from './list-facilities.ts';

export const facilitiesUseCases = {
  list: listFacilities,
  centres: listReachableCentres,
  agreements: listAgreements,
  createAgreement,
  signAgreement,
  endAgreement,
  devices: listDevices,
  previewCharset,
  setCharset,
} satisfies UseCases<typeof facilitiesContract>;
