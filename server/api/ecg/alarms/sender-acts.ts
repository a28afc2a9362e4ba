import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { type Ctx, requireAccess, requirePerson } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import { alarmRow, changeAlarm, lockAlarm } from './move-alarm.ts';

/** A key that is pressed again and again is one call. */
const askAgainMs = 10_000;
type AlarmDeps = Pick<Deps, 'db' | 'clock'>;

/**
 * Somebody of the facility that sent the trace has read why its alarm was dismissed: it need not stand there any more.
 * A second click is no error, and the first one stays.
 * @throws `not-found` outside that facility, `wrong-state` for an alarm that was not dismissed
 */
export async function readNote({ db, clock }: AlarmDeps, ctx: Ctx, { id }: { id: string }): Promise<EcgAlarmRow> {
  requireAccess(ctx, 'alarm:confirm');
  const { displayName } = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await lockAlarm(tx, ctx, 'own', id);
    if (found.state !== 'dismissed') throw new HubError('wrong-state', { state: found.state });
    const now = clock.now();
    if (found.noteReadAt !== null) return alarmRow(tx, ctx, found, now);
    const data = { noteReadAt: now, noteReadByName: displayName };
    return changeAlarm(tx, ctx, found, { action: 'ecg.alarmNoteRead', data }, now);
  });
}

/**
 * The sender calls the centre into a room. It is a call and no room: whoever reads asks for the consultation as for any
 * other, with its consent and its invitations, and that has the room. Again after a while, it counts anew.
 * @throws `not-found` outside the facility that sent the trace, `wrong-state` once the alarm is over
 */
export async function askRoom({ db, clock }: AlarmDeps, ctx: Ctx, { id }: { id: string }): Promise<EcgAlarmRow> {
  requireAccess(ctx, 'alarm:confirm');
  const { displayName } = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await lockAlarm(tx, ctx, 'own', id);
    if (found.closedAt !== null) throw new HubError('wrong-state', { state: found.state });
    const now = clock.now();
    if (found.roomAskedAt && now.getTime() - found.roomAskedAt.getTime() < askAgainMs)
      return alarmRow(tx, ctx, found, now);
    const data = { roomAskedAt: now, roomAskedByName: displayName };
    return changeAlarm(tx, ctx, found, { action: 'ecg.alarmRoomAsked', data, detail: { state: found.state } }, now);
  });
}
