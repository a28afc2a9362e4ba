import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { type Ctx, requireAccess, requirePerson } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import { alarmRow, lockAlarm, moveAlarm, requireRevision } from './move-alarm.ts';

type AlarmDeps = Pick<Deps, 'db' | 'clock'>;
interface Asked {
  id: string;
  revision: number;
}

/**
 * One of those who are called takes the alarm. Of two at once one has it, the other is told who. That it was called on
 * to others meanwhile is no reason to refuse him; his own second click is no error.
 * @throws `not-found` for who is not called, `already-claimed` with the name of who has it, `wrong-state`
 */
export async function acknowledgeAlarm({ db, clock }: AlarmDeps, ctx: Ctx, { id }: Asked): Promise<EcgAlarmRow> {
  requireAccess(ctx, 'alarm:answer');
  const { accountId, displayName } = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await lockAlarm(tx, ctx, 'called', id);
    const now = clock.now();
    if (found.acknowledgedBy === accountId) return alarmRow(tx, ctx, found, now);
    if (found.acknowledgedBy !== null) throw new HubError('already-claimed', { by: found.acknowledgedByName });
    const by = { acknowledgedBy: accountId, acknowledgedByName: displayName };
    const data = { acknowledgedAt: now, ...by, dueAt: null };
    return moveAlarm(tx, ctx, found, { to: 'acknowledged', action: 'ecg.alarmAcknowledged', data }, now);
  });
}

/**
 * Tells the sender what it is and what to do. It stands on his screen until he has read it back; said again, it counts anew.
 * @throws `not-found`, `stale-revision`, `wrong-state` before somebody has acknowledged, `reason-required` for no words
 */
export async function callBack(
  { db, clock }: AlarmDeps,
  ctx: Ctx,
  { id, revision, text }: Asked & { text: string },
): Promise<EcgAlarmRow> {
  requireAccess(ctx, 'alarm:answer');
  const toldText = text.trim();
  if (toldText === '') throw new HubError('reason-required', { field: 'text' });
  return db.transaction(async (tx) => {
    const found = await lockAlarm(tx, ctx, 'called', id);
    requireRevision(found, revision);
    const now = clock.now();
    const data = { toldAt: now, toldText };
    return moveAlarm(tx, ctx, found, { to: 'told', action: 'ecg.alarmTold', data }, now);
  });
}

/**
 * The sender repeats what he was told, and names the doctor who treats the patient and knows it.
 * @throws `not-found` outside the facility that sent the trace, `stale-revision`, `wrong-state` before he was told
 */
export async function readBack(
  { db, clock }: AlarmDeps,
  ctx: Ctx,
  { id, revision, text, doctor }: Asked & { text: string; doctor: string },
): Promise<EcgAlarmRow> {
  requireAccess(ctx, 'alarm:confirm');
  const { displayName } = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await lockAlarm(tx, ctx, 'own', id);
    requireRevision(found, revision);
    const now = clock.now();
    const data = { confirmedAt: now, confirmedText: `${text}（${doctor}）`, confirmedByName: displayName };
    return moveAlarm(tx, ctx, found, { to: 'confirmed', action: 'ecg.alarmConfirmed', data }, now);
  });
}

/**
 * Ends an alarm: it was none, with the reason, which the sender then reads; or it is dealt with, which it can be only
 * once it was read back.
 * @throws `not-found`, `stale-revision`, `wrong-state`, `reason-required`
 */
export async function closeAlarm(
  { db, clock }: AlarmDeps,
  ctx: Ctx,
  { id, revision, isFalse, note }: Asked & { isFalse: boolean; note: string },
): Promise<EcgAlarmRow> {
  requireAccess(ctx, 'alarm:answer');
  const { displayName: closedByName } = requirePerson(ctx);
  const closedNote = note.trim();
  if (isFalse && closedNote === '') throw new HubError('reason-required', { field: 'note' });
  return db.transaction(async (tx) => {
    const found = await lockAlarm(tx, ctx, 'called', id);
    requireRevision(found, revision);
    const now = clock.now();
    const data = { closedAt: now, closedByName, closedNote: closedNote || null, dueAt: null };
    const to = isFalse ? 'dismissed' : 'closed';
    return moveAlarm(tx, ctx, found, { to, action: isFalse ? 'ecg.alarmDismissed' : 'ecg.alarmClosed', data }, now);
  });
}
