import { opinionDueHours } from '@lianzhen/contracts/consultation-states.ts';
import { saveConsultationMarks } from '@lianzhen/contracts/jobs.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import type { Deps } from '../deps.ts';
import { moveConsultation } from './move-consultation.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db'>;

/** Both sides are in the room: the session runs. Again, or after the opinion was signed, there is nothing to do. */
export async function sessionStarted({ db }: Part, consultationId: string, at: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await store.lockAny(tx, consultationId);
    if (!['accepted', 'scheduled', 'opinion-due'].includes(found.state)) return;
    if (!(await store.openSession(tx, found.id))) await store.beginSession(tx, found.id, at);
    await moveConsultation(
      tx,
      found,
      'live',
      { kind: 'started', at },
      {
        ...{ startedAt: found.startedAt ?? at, endedAt: null, opinionDueAt: null, opinionRemindedAt: null },
      },
    );
  });
}

/** The session is over: from now on the opinion is owed, unless it was signed while it ran. Again is not an error. */
export async function sessionEnded({ db }: Part, consultationId: string, at: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await store.lockAny(tx, consultationId);
    await store.endSessions(tx, found.id, at);
    await enqueue(tx, saveConsultationMarks, { consultationId: found.id });
    if (found.state === 'live') {
      const opinionDueAt = new Date(at.getTime() + opinionDueHours * 3_600_000);
      return moveConsultation(tx, found, 'opinion-due', { kind: 'ended', at }, { endedAt: at, opinionDueAt });
    }
    const isSigned = found.state === 'concluded' || found.state === 'acknowledged';
    if (isSigned && found.endedAt === null)
      await moveConsultation(tx, found, found.state, { kind: 'ended', at }, { endedAt: at });
  });
}
