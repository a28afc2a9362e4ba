import type { dutyRosterContract } from '@lianzhen/contracts/duty-roster.ts';
import type { facilitiesContract } from '@lianzhen/contracts/facilities.ts';
import type { facilitySetupContract } from '@lianzhen/contracts/facility-setup.ts';
import type { UseCases } from '../http/bind.ts';
import { previewCharset } from '../imaging/preview-charset.ts';
import { setCharset } from '../imaging/set-charset.ts';
import { createAgreement, endAgreement, listAgreements, signAgreement } from './agreements.ts';
import { changeCentre, changeFacility, createCentre } from './change-facility.ts';
import { readDutyRoster, saveDutyRoster } from './duty-roster.ts';
import { listDevices } from './list-devices.ts';
import { listFacilities, listReachableCentres } from './list-facilities.ts';
import { changeDevice, createDevice } from './set-up-devices.ts';
import { createFacility, listManaged } from './set-up-facility.ts';

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
  managed: listManaged,
  createFacility,
  changeFacility,
  createCentre,
  changeCentre,
  createDevice,
  changeDevice,
  dutyRoster: readDutyRoster,
  saveDutyRoster,
} satisfies UseCases<typeof facilitiesContract & typeof facilitySetupContract & typeof dutyRosterContract>;
