import { type AlarmState, alarmTransitions, type EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { auditOf, type Ctx } from '../../context.ts';
import { alarmReach } from './alarm-reach.ts';
import { alarmRows } from './alarm-rows.ts';
import * as store from './store.ts';

/** An alarm that somebody may change, locked. @param side who he must be: called to it, or of the facility that sent the trace */
export async function lockAlarm(tx: Tx, ctx: Ctx, side: 'called' | 'own', id: string): Promise<store.AlarmFound> {
  const reach = await alarmReach(tx, ctx);
  const found = await store.lock(tx, reach[side], id);
  if (!found) throw new HubError('not-found');
  return found;
}

/** @throws `stale-revision` */
export function requireRevision({ revision: found }: store.AlarmFound, expected: number): void {
  if (found !== expected) throw new HubError('stale-revision', { expected, found });
}

interface Move {
  to: AlarmState;
  /** `ecg.alarmAcknowledged` */
  action: string;
  data: Prisma.EcgAlarmUncheckedUpdateInput;
  detail?: Record<string, unknown>;
}

/**
 * Moves a locked alarm on, writes it into the trail and tells everybody who hears of it.
 * @throws `wrong-state` where the table of transitions does not have this change
 */
export function moveAlarm(tx: Tx, ctx: Ctx, found: store.AlarmFound, move: Move, now: Date): Promise<EcgAlarmRow> {
  assertTransition(alarmTransitions, found.state, move.to);
  const data = { ...move.data, state: move.to };
  return changeAlarm(tx, ctx, found, { action: move.action, data, detail: { from: found.state, to: move.to } }, now);
}

/** The same without moving it: its state stays. */
export async function changeAlarm(
  tx: Tx,
  ctx: Ctx,
  found: store.AlarmFound,
  change: Omit<Move, 'to'>,
  now: Date,
): Promise<EcgAlarmRow> {
  const changed = await store.change(tx, found.id, change.data);
  await emit(tx, { topic: 'alarm', id: changed.id, revision: changed.revision, facilityIds: hearersOf(changed) });
  const row = await alarmRow(tx, ctx, changed, now);
  await recordAudit(tx, {
    ...auditOf(ctx),
    ...{ action: change.action, objectType: 'alarm', objectId: changed.id },
    detail: { traceId: changed.traceId, ...change.detail },
  });
  return row;
}

export async function alarmRow(tx: Tx, ctx: Ctx, alarm: store.AlarmFound, now: Date): Promise<EcgAlarmRow> {
  const [row] = await alarmRows(tx, ctx, await alarmReach(tx, ctx), [alarm], now);
  if (!row) throw new HubError('not-found');
  return row;
}

const hearersOf = ({ facilityId, centre, hops }: store.AlarmFound): string[] => [
  ...new Set([facilityId, centre.facilityId, ...hops.map((hop) => hop.facilityId)]),
];
