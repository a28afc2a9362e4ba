import type { Role } from '@lianzhen/contracts/access.ts';
import { type DutyShift, daysOfWeek } from '@lianzhen/contracts/duty-roster.ts';
import { onDutyAt } from '@lianzhen/contracts/duty-roster-rules.ts';
import type { Prisma, Tx } from './client.ts';

export interface OnDuty {
  id: string;
  name: string;
}

const ofRoster = {
  centre: { select: { facilityId: true, facility: { select: { timeZone: true } } } },
  shifts: {
    orderBy: { place: 'asc' },
    select: {
      ...{ from: true, to: true },
      turns: { orderBy: { place: 'asc' }, select: { weekday: true, accountId: true } },
    },
  },
} as const;

/**
 * Who is on duty at the ECG centres of these houses, in the order of calling. Whoever stands in a roster and may answer
 * an alarm there no more is passed over. A house without a roster, or with a gap in it, has nobody.
 */
export async function peopleOnDuty(tx: Tx, facilityIds: string[], now: Date): Promise<Map<string, OnDuty[]>> {
  const rosters = await tx.dutyRoster.findMany({
    where: { centre: { line: 'ecg', facilityId: { in: facilityIds } } },
    select: ofRoster,
  });
  const found = new Map<string, OnDuty[]>();
  for (const { centre, shifts } of rosters) {
    const ids = onDutyAt(shifts.map(shiftOf), centre.facility.timeZone, now);
    found.set(centre.facilityId, await working(tx, centre.facilityId, ids));
  }
  return found;
}

interface ShiftRow {
  from: string;
  to: string;
  /** In the order of calling; `weekday` 1 is Monday. */
  turns: ReadonlyArray<{ weekday: number; accountId: string }>;
}

/** A shift as the contracts have it. */
export const shiftOf = ({ from, to, turns }: ShiftRow): DutyShift => ({
  ...{ from, to },
  days: Array.from({ length: daysOfWeek }, (_, day) =>
    turns.filter(({ weekday }) => weekday === day + 1).map(({ accountId }) => accountId),
  ),
});

/** Of these persons the ones who may answer an alarm at this house today, in the order given. */
async function working(tx: Tx, facilityId: string, ids: string[]): Promise<OnDuty[]> {
  const rows = await tx.account.findMany({
    where: { id: { in: ids }, ...mayBeOnDuty(facilityId, 'ecg') },
    select: { id: true, displayName: true },
  });
  const names = new Map(rows.map(({ id, displayName }) => [id, displayName]));
  return ids.flatMap((id) => {
    const name = names.get(id);
    return name === undefined ? [] : [{ id, name }];
  });
}

/**
 * Who may stand in the roster of a house's centre: who reads for it, and the seniors and experts of the house, who are
 * called at last anyway. A roster lets nobody in to whom an alarm would never have come.
 */
export const mayBeOnDuty = (facilityId: string, line: string): Prisma.AccountWhereInput => {
  const holds = (...roles: Role[]) => ({ roles: { some: { facilityId, role: { in: roles } } } });
  const readsHere = { centres: { some: { centre: { facilityId, line } } } };
  return { disabledAt: null, OR: [holds('senior-reader', 'expert'), { AND: [holds('reader'), readsHere] }] };
};
