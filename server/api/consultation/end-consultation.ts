import type { ConsultationView } from '@lianzhen/contracts/consultation-views.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { moveConsultation, type Told } from './move-consultation.ts';
import { answerWith } from './read-consultation.ts';
import { requireAct } from './standing.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db' | 'clock'>;
interface Explained {
  id: string;
  revision: number;
  reason: string;
}

/** The facility that asked takes its request back before the session. */
export const cancelConsultation = (deps: Part, ctx: Ctx, input: Explained): Promise<ConsultationView> =>
  endWith(deps, ctx, input, 'cancel', 'cancelled');

/** A session that cannot go on: for safety, for a link that stays lost. Its reason is everybody's to see. */
export const terminateConsultation = (deps: Part, ctx: Ctx, input: Explained): Promise<ConsultationView> =>
  endWith(deps, ctx, input, 'terminate', 'terminated');

const actions = {
  cancelled: 'consultation.consultationCancelled',
  terminated: 'consultation.consultationTerminated',
} as const;

/** @throws `stale-revision` where something else was decided meanwhile; again is not an error */
async function endWith(
  { db, clock }: Part,
  ctx: Ctx,
  input: Explained,
  act: 'cancel' | 'terminate',
  to: 'cancelled' | 'terminated',
): Promise<ConsultationView> {
  const scope = requireAccess(ctx, 'consultation:read');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const now = clock.now();
    if (found.state === to)
      return answerWith(tx, ctx, scope, found.id, now, { action: 'consultation.consultationRead' });
    requireAct(found, person, act);
    if (found.revision !== input.revision)
      throw new HubError('stale-revision', { expected: input.revision, found: found.revision });
    const { reason } = input;
    const told: Told = { kind: to, at: now, by: person, reason };
    await store.endSessions(tx, found.id, now);
    const ended = to === 'terminated' ? { endedAt: found.endedAt ?? now } : {};
    await moveConsultation(tx, found, to, told, { ...ended, closedReason: reason });
    return answerWith(tx, ctx, scope, found.id, now, { action: actions[to], reason });
  });
}

/** Why somebody did not come; it stands beside what the hub saw. */
export async function explainAbsence(
  { db, clock }: Part,
  ctx: Ctx,
  input: { id: string; reason: string },
): Promise<ConsultationView> {
  const scope = requireAccess(ctx, 'consultation:read');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.lock(tx, scope, input.id);
    const now = clock.now();
    requireAct(found, person, 'explain');
    const { reason } = input;
    await moveConsultation(tx, found, found.state, { kind: 'explained', at: now, by: person, reason });
    return answerWith(tx, ctx, scope, found.id, now, { action: 'consultation.absenceExplained', reason });
  });
}
