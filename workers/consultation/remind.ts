import { reminderMinutes } from '@lianzhen/contracts/consultation-states.ts';
import type { WorkerDeps } from '../deps.ts';
import * as store from './store.ts';

const batch = 200;
const minuteMs = 60_000;

/** Before an appointment everybody concerned is reminded, once at each distance; a late sweep gives the nearest alone. */
export async function remindOfAppointments({ db, clock }: Pick<WorkerDeps, 'db' | 'clock'>): Promise<void> {
  const farthest = new Date(clock.now().getTime() + Math.max(...reminderMinutes) * minuteMs);
  for (const id of await store.soonDue(db, clock.now(), farthest, batch)) {
    await db.transaction(async (tx) => {
      const found = await store.lockIfFree(tx, id);
      const now = clock.now();
      if (found?.state !== 'scheduled' || !found.scheduledAt || found.scheduledAt <= now) return;
      const left = (found.scheduledAt.getTime() - now.getTime()) / minuteMs;
      const due = Math.min(...reminderMinutes.filter((minutes) => left <= minutes));
      if (!Number.isFinite(due) || (found.remindedMinutes !== null && found.remindedMinutes <= due)) return;
      const reason = found.scheduledAt.toISOString();
      await store.change(tx, found, { remindedMinutes: due }, [{ kind: 'reminded', at: now, reason }]);
    });
  }
}

/** An opinion that is still owed a day after its session is said once. */
export async function remindOfOpinions({ db, clock }: Pick<WorkerDeps, 'db' | 'clock'>): Promise<void> {
  for (const id of await store.owedOpinions(db, clock.now(), batch)) {
    await db.transaction(async (tx) => {
      const found = await store.lockIfFree(tx, id);
      const now = clock.now();
      const isOwed = found?.state === 'opinion-due' && found.opinionDueAt && found.opinionDueAt < now;
      if (!found || !isOwed || found.opinionRemindedAt) return;
      await store.change(tx, found, { opinionRemindedAt: now }, [{ kind: 'opinion-overdue', at: now }]);
    });
  }
}
