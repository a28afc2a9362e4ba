import type { ConsultationView } from '@lianzhen/contracts/consultation-views.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { type Ctx, type Person, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { moveConsultation } from './move-consultation.ts';
import * as opinions from './opinion-store.ts';
import { answerWith } from './read-consultation.ts';
import { requireAct } from './standing.ts';
import * as store from './store.ts';

interface Acknowledge {
  id: string;
  rating?: number | undefined;
  comment: string;
}

/** The requester has read the opinion; it is read in the inbox with it. The first one stays written. */
export async function acknowledgeOpinion(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: Acknowledge,
): Promise<ConsultationView> {
  const scope = requireAccess(ctx, 'consultation:request');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const now = clock.now();
    const isRepeat = found.state === 'acknowledged';
    if (!isRepeat) {
      requireAct(found, person, 'acknowledge');
      await acknowledge(tx, found, person, now, { rating: input.rating ?? null, comment: input.comment || null });
    }
    const action = isRepeat ? 'consultation.consultationRead' : 'consultation.opinionAcknowledged';
    return answerWith(tx, ctx, scope, found.id, now, { action });
  });
}

async function acknowledge(
  tx: Tx,
  found: store.ConsultationFound,
  person: Person,
  now: Date,
  said: { rating: number | null; comment: string | null },
): Promise<void> {
  const by = { acknowledgedAt: now, acknowledgedById: person.accountId };
  await moveConsultation(tx, found, 'acknowledged', { kind: 'acknowledged', at: now, by: person }, { ...by, ...said });
  const version = await store.latestVersion(tx, found.id);
  if (!version) return;
  const facilityIds = [found.requestingFacilityId];
  await opinions.markRead(tx, version.id, facilityIds, { readAt: now, readById: person.accountId });
  await emit(tx, { topic: 'delivery', id: version.id, revision: 2, facilityIds });
}

/** An opinion was acknowledged in the inbox: by the facility that asked, the consultation is acknowledged with it. */
export async function noteReadInInbox(
  tx: Tx,
  consultationId: string,
  facilityId: string,
  person: Person,
  now: Date,
): Promise<void> {
  const found = await store.lockAny(tx, consultationId);
  if (found.state !== 'concluded' || found.requestingFacilityId !== facilityId) return;
  await acknowledge(tx, found, person, now, { rating: null, comment: null });
}
