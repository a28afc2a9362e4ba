import { sendDocument } from '@lianzhen/contracts/jobs.ts';
import type { HandlerEntry } from '../deps.ts';
import { storeDicom } from './adapters/dicom-store.ts';
import { stowDicom } from './adapters/dicomweb.ts';
import { sendFhir } from './adapters/fhir.ts';
import { sendHl7 } from './adapters/hl7-mllp.ts';
import { sendToInbox } from './adapters/inbox.ts';
import { type Adapters, handleSendDocument } from './send-document.ts';

const adapters: Adapters = {
  inbox: sendToInbox,
  'hl7-mllp': sendHl7,
  fhir: sendFhir,
  'dicom-store': storeDicom,
  dicomweb: stowDicom,
};

export const deliveryHandlers: HandlerEntry[] = [
  {
    job: sendDocument,
    handle: (deps, payload, context) => handleSendDocument({ ...deps, adapters }, payload, context),
  },
];
