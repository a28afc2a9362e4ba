import { createHash } from 'node:crypto';
import { type AuditFact, recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx } from '../context.ts';
import * as store from './store.ts';

/**
 * The looks that a page repeats by itself. Nothing that somebody decides, changes, prints or uncovers is here: each of
 * those is an entry of its own, and only what is named here can be passed to `recordRead`.
 */
export const readActions = [
  'patients.patientRead',
  'patients.patientsSearched',
  'patients.duplicatesRead',
  'orders.orderRead',
  'orders.ordersListed',
  'orders.draftsListed',
  'imaging.studyRead',
  'worklist.caseRead',
  'worklist.casesListed',
  'reporting.reportRead',
  'reporting.versionRead',
  'delivery.ledgerRead',
  'delivery.attemptsRead',
  'delivery.inboxRead',
  'ecg.traceRead',
  'ecg.tracesListed',
  'ecg.alarmsListed',
  'ecg.timesRead',
  'consultation.consultationRead',
  'consultation.consultationsListed',
  'consultation.draftsListed',
  'consultation.opinionRead',
  'consultation.timelineRead',
  'consultation.chatRead',
  'consultation.recordingRead',
  'consultation.fileRead',
] as const;
export type ReadAction = (typeof readActions)[number];

export interface ReadFact extends Pick<AuditFact, 'patientId' | 'objectType' | 'objectId' | 'detail'> {
  action: ReadAction;
}

const onceInMs = 60_000;

/**
 * Writes down that somebody looked. A page that is open looks again whenever something changes: what the same session
 * saw of the same thing within a minute is one look. Another session, another thing or another list is another look.
 * Call it last: it may lock the head of the chain.
 * @param facilityId whose chain it goes to; without it, that of the person's first seat
 */
export async function recordRead(tx: Tx, ctx: Ctx, fact: ReadFact, facilityId?: string): Promise<void> {
  const session = sessionOf(ctx);
  const whole: AuditFact = {
    ...auditOf(ctx, facilityId),
    ...fact,
    detail: { ...fact.detail, ...(session === undefined ? {} : { session }) },
  };
  // Two looks at once must not both be the first.
  await store.lockLook(
    tx,
    JSON.stringify([whole.actorId, whole.action, whole.patientId, whole.objectId, whole.detail]),
  );
  if (!(await store.hasLooked(tx, whole, onceInMs))) await recordAudit(tx, whole);
}

/** Tells the sessions of one person apart in the trail, and opens none. */
function sessionOf({ actor }: Ctx): string | undefined {
  if (actor.kind !== 'person') return undefined;
  return createHash('sha256').update(actor.sessionHash).digest('hex').slice(0, 12);
}
