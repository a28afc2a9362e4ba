import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';
import { recordRead } from '../../audit/record-read.ts';
import { type Ctx, requireAccess } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import { type AlarmReach, alarmReach } from './alarm-reach.ts';
import { alarmRows } from './alarm-rows.ts';
import * as store from './store.ts';

const most = 200;
/** What somebody has to do something about comes first. */
const place: Readonly<Record<string, number>> = { raised: 0, acknowledged: 1, told: 2, confirmed: 3 };

/**
 * Alarms that one is called to, and those about what one's own facility sent; the most urgent first. For its sender an
 * alarm that was dismissed is open until the reason has been read.
 */
export async function listAlarms(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  { orderId, state }: { orderId?: string | undefined; state: 'open' | 'all' },
): Promise<EcgAlarmRow[]> {
  requireAccess(ctx, 'alarm:read');
  return db.transaction(async (tx) => {
    const reach = await alarmReach(tx, ctx);
    const where = {
      OR: [reach.called, reach.own],
      ...(state === 'open' ? { AND: [stillOpen(reach)] } : {}),
      ...(orderId === undefined ? {} : { trace: await store.ofOrder(tx, orderId) }),
    };
    const rows = await alarmRows(tx, ctx, reach, await store.list(tx, where, most), clock.now());
    // Whoever may not look at the study does not learn whose order it is.
    const shown = orderId === undefined ? rows : rows.filter((row) => row.orderId === orderId);
    if (shown.length > 0) await recordRead(tx, ctx, { action: 'ecg.alarmsListed', detail: { shown: shown.length } });
    return shown.toSorted(
      (a, b) => (place[a.state] ?? 9) - (place[b.state] ?? 9) || (a.raisedAt < b.raisedAt ? 1 : -1),
    );
  });
}

const stillOpen = ({ own }: AlarmReach) => ({
  OR: [{ closedAt: null }, { state: 'dismissed', noteReadAt: null, ...own }],
});
