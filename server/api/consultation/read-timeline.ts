import { interruptionsOf, secondsTogether } from '@lianzhen/contracts/attendance-rules.ts';
import type { SeatRole } from '@lianzhen/contracts/room-signals.ts';
import { recordRead } from '../audit/record-read.ts';
import { type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './store.ts';
import { presencesOf } from './time-together.ts';
import { attendance } from './timeline-store.ts';

/** What happened, who was there when, and who was gone in between. For everybody with a part. */
export async function readTimeline({ db, clock }: Pick<Deps, 'db' | 'clock'>, ctx: Ctx, input: { id: string }) {
  const scope = requireAccess(ctx, 'consultation:read');
  return db.transaction(async (tx) => {
    const found = await store.read(tx, scope, input.id);
    const events = await store.events(tx, found.id);
    const attended = await attendance(tx, found.id);
    const names = new Map(attended.map(({ seatId, name }) => [seatId, name]));
    const presences = presencesOf(attended);
    const fact = { patientId: found.patientId, objectType: 'consultation', objectId: found.id };
    await recordRead(tx, ctx, { action: 'consultation.timelineRead', ...fact });
    return {
      events: events.map(({ at, kind, byName, reason }) => ({ at: at.toISOString(), kind, byName, reason })),
      attendance: attended.map(({ seatId, name, facilityName, role, from, until }) => ({
        ...{ seatId, name, facilityName, role: role as SeatRole, joinedAt: from.toISOString() },
        leftAt: until?.toISOString() ?? null,
      })),
      interruptions: interruptionsOf(presences).map(({ seatId, from, to }) => ({
        name: names.get(seatId) ?? '',
        from: new Date(from).toISOString(),
        to: to === null ? null : new Date(to).toISOString(),
      })),
      durationSeconds: secondsTogether(presences, clock.now().getTime()),
    };
  });
}
