import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import type { Line } from '../factories/line.ts';
import { type FhirReceiver, startFhirReceiver } from '../sims/fhir-receiver.ts';
import { type Hl7Receiver, startHl7Receiver } from '../sims/hl7-receiver.ts';

export interface Receivers {
  hl7: Hl7Receiver;
  fhir: FhirReceiver;
  close(): Promise<void>;
}

/** The county hospital's own systems beside its inbox, set up by its administrator. */
export async function openReceivers(line: Line): Promise<Receivers> {
  const [hl7, fhir] = await Promise.all([startHl7Receiver(), startFhirReceiver()]);
  const { createDestination } = hubContract.delivery;
  const own = { facilityId: line.countyId };
  const hl7Config = { host: '127.0.0.1', port: hl7.port, timeoutMs: 10_000 };
  await line.admin.call(createDestination, { ...own, kind: 'hl7-mllp', name: 'HIS', config: hl7Config });
  const fhirConfig = { baseUrl: fhir.baseUrl, timeoutMs: 10_000 };
  await line.admin.call(createDestination, { ...own, kind: 'fhir', name: 'FHIR', config: fhirConfig });
  const close = async () => {
    await Promise.all([hl7.close(), fhir.close()]);
  };
  return { hl7, fhir, close };
}
