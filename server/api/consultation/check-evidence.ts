import type { Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import * as store from './evidence-store.ts';
import { bad, type Found } from './refusal.ts';

export interface Attached {
  studyIds: string[];
  orderIds: string[];
  versionIds: string[];
}
export interface CheckedEvidence extends Attached {
  /** Facilities with a part in the attached orders: they are linked with the consultation. */
  centreIds: string[];
  senderIds: string[];
}

/** Whether what is attached is this patient's and the sender's to show. Everything that is not is named by its place. */
export async function checkEvidence(
  tx: Tx,
  scope: FacilityScope,
  patientId: string,
  attached: Attached,
): Promise<{ evidence: CheckedEvidence; problems: Found[] }> {
  const studies = await store.studies(tx, scope, patientId, attached.studyIds);
  const orders = await store.orders(tx, scope, patientId, attached.orderIds);
  const versions = await store.versions(tx, scope, patientId, attached.versionIds);
  const known = new Set(orders.map(({ id }) => id));
  const missing = (field: keyof Attached, found: ReadonlySet<string>, what: string): Found[] =>
    attached[field].flatMap((id, at) =>
      found.has(id) ? [] : [bad({ field: `attachments.${field}.${at}`, expected: `${what} of this patient` })],
    );
  return {
    evidence: {
      ...attached,
      centreIds: [...new Set(orders.map(({ centre }) => centre.facilityId))],
      senderIds: [...new Set(orders.map(({ requestingFacilityId }) => requestingFacilityId))],
    },
    problems: [
      ...missing('studyIds', studies, 'a study'),
      ...missing('orderIds', known, 'an order'),
      ...missing('versionIds', versions, 'a signed report'),
    ],
  };
}
