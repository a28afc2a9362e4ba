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
 * Changes a locked alarm, writes it into the trail and tells everybody who hears of it.
 * @throws `wrong-state` where the table of transitions does not have this change
 */
export async function moveAlarm(tx: Tx, ctx: Ctx, found: store.AlarmFound, move: Move): Promise<EcgAlarmRow> {
  assertTransition(alarmTransitions, found.state, move.to);
  const changed = await store.change(tx, found.id, { ...move.data, state: move.to });
  await emit(tx, { topic: 'alarm', id: changed.id, revision: changed.revision, facilityIds: hearersOf(changed) });
  const row = await alarmRow(tx, ctx, changed);
  await recordAudit(tx, {
    ...auditOf(ctx),
    ...{ action: move.action, objectType: 'alarm', objectId: changed.id },
    detail: { traceId: changed.traceId, from: found.state, to: move.to, ...move.detail },
  });
  return row;
}

export async function alarmRow(tx: Tx, ctx: Ctx, alarm: store.AlarmFound): Promise<EcgAlarmRow> {
  const [row] = await alarmRows(tx, ctx, await alarmReach(tx, ctx), [alarm]);
  if (!row) throw new HubError('not-found');
  return row;
}

const hearersOf = ({ facilityId, centre, hops }: store.AlarmFound): string[] => [
  ...new Set([facilityId, centre.facilityId, ...hops.map((hop) => hop.facilityId)]),
];
