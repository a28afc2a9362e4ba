import type { MissedReason } from '@lianzhen/contracts/consultation-events.ts';
import {
  archivedAfterDays,
  consultationTransitions,
  missedAfterMinutes,
  readableAfterDays,
} from '@lianzhen/contracts/consultation-states.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import { endConsultationAccess } from '@lianzhen/db/consultation-access.ts';
import type { WorkerDeps } from '../deps.ts';
import * as store from './store.ts';

const batch = 200;
const minuteMs = 60_000;
const dayMs = 86_400_000;
const before = (now: Date, ms: number): Date => new Date(now.getTime() - ms);

/** An appointment to which nobody, or only one side, came is missed, and says who was not there. */
export async function closeMissed({ db, clock }: Pick<WorkerDeps, 'db' | 'clock'>): Promise<void> {
  const limits = (now: Date) => ({
    appointment: before(now, missedAfterMinutes.appointment * minuteMs),
    immediate: before(now, missedAfterMinutes.immediate * minuteMs),
  });
  for (const id of await store.perhapsMissed(db, limits(clock.now()), batch)) {
    await db.transaction(async (tx) => {
      const found = await store.lockIfFree(tx, id);
      const now = clock.now();
      if (!found || !isMissed(found, limits(now))) return;
      assertTransition(consultationTransitions, found.state, 'missed');
      const reason = whoWasAbsent(await store.rolesSeen(tx, found.id));
      const data = { state: 'missed', closedAt: now, closedReason: reason };
      await store.supersede(tx, found.id);
      await endConsultationAccess(tx, found, new Date(now.getTime() + readableAfterDays * dayMs));
      await store.change(tx, found, data, [{ kind: 'missed', at: now, reason }]);
      if (found.caseId) await store.tellCase(tx, found.caseId, now);
    });
  }
}

/** An hour that was agreed on late counts from the agreement. */
function isMissed(found: store.ConsultationFound, limits: { appointment: Date; immediate: Date }): boolean {
  const { state, scheduledAt, acceptedAt } = found;
  if (state === 'accepted') return acceptedAt !== null && acceptedAt < limits.immediate;
  if (state !== 'scheduled' || !scheduledAt) return false;
  return scheduledAt < limits.appointment && (acceptedAt === null || acceptedAt < limits.appointment);
}

export function whoWasAbsent(roles: readonly string[]): MissedReason {
  const hadExpert = roles.some((role) => role === 'chair' || role === 'expert');
  const hadOther = roles.some((role) => role === 'requester' || role === 'patient');
  if (hadExpert === hadOther) return hadExpert ? 'never-met' : 'nobody-came';
  return hadExpert ? 'requester-absent' : 'expert-absent';
}

/** What is over for a month is put away. An opinion that nobody acknowledged stays in sight. */
export async function archiveOver({ db, clock }: Pick<WorkerDeps, 'db' | 'clock'>): Promise<void> {
  const limit = before(clock.now(), archivedAfterDays * dayMs);
  for (const id of await store.longOver(db, limit, batch)) {
    await db.transaction(async (tx) => {
      const found = await store.lockIfFree(tx, id);
      if (!found?.closedAt || found.closedAt >= limit || found.state === 'archived') return;
      assertTransition(consultationTransitions, found.state, 'archived');
      await store.change(tx, found, { state: 'archived' }, [{ kind: 'archived', at: clock.now() }]);
    });
  }
}
