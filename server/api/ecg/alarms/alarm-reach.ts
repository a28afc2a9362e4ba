import { rolesMay } from '@lianzhen/contracts/access.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { type Ctx, requirePerson } from '../../context.ts';
import { calledTo } from '../called-to.ts';

/** The alarms that somebody has to do with. */
export interface AlarmReach {
  /** He is called to answer them. */
  called: Prisma.EcgAlarmWhereInput;
  /** About traces that his facility sent, where he treats or records. */
  own: Prisma.EcgAlarmWhereInput;
}

/** @throws `unauthenticated` */
export async function alarmReach(tx: Tx, ctx: Ctx): Promise<AlarmReach> {
  const { seats } = requirePerson(ctx);
  const own = seats.filter(({ roles }) => rolesMay(roles, 'alarm:confirm')).map(({ facilityId }) => facilityId);
  return { called: await calledTo(tx, ctx), own: { facilityId: { in: own } } };
}
