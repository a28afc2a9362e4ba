import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import { mayBeOnDuty } from '@lianzhen/db/duty-roster.ts';

const whole = {
  facility: { select: { id: true, name: true, timeZone: true } },
  members: { select: { accountId: true } },
  roster: {
    include: {
      shifts: { orderBy: { place: 'asc' }, include: { turns: { orderBy: [{ weekday: 'asc' }, { place: 'asc' }] } } },
    },
  },
} as const satisfies Prisma.CentreInclude;
export type CentreWithRoster = Prisma.CentreGetPayload<{ include: typeof whole }>;

/** A centre, of whatever house; whether the caller may see it is asked with its facility. */
export const centre = (tx: Tx, id: string): Promise<CentreWithRoster | null> =>
  tx.centre.findUnique({ where: { id }, include: whole });

/** Whoever writes a centre's roster holds this: there may be none yet to be locked. */
export const lockCentre = (tx: Tx, id: string) =>
  tx.$queryRaw`SELECT 1 FROM "Centre" WHERE "id" = ${id}::uuid FOR UPDATE`;

const ofPerson = { id: true, displayName: true, title: true } as const;
/** Who may stand in the roster of a house's centre. A county hospital has some dozens. */
export const candidates = (tx: Tx, { facilityId, line }: { facilityId: string; line: string }) =>
  tx.account.findMany({
    where: mayBeOnDuty(facilityId, line),
    select: ofPerson,
    orderBy: { username: 'asc' },
    take: 1000,
  });
export const people = (tx: Tx, ids: string[]) =>
  tx.account.findMany({ where: { id: { in: ids } }, select: ofPerson, orderBy: { username: 'asc' } });

export interface NewShift {
  from: string;
  to: string;
  days: ReadonlyArray<readonly string[]>;
}

/** Puts a whole week in the place of the one before. */
export async function replaceShifts(
  tx: Tx,
  centreId: string,
  shifts: readonly NewShift[],
  by: { changedAt: Date; changedByName: string },
): Promise<void> {
  await tx.dutyRoster.upsert({
    where: { centreId },
    create: { centreId, ...by },
    update: { ...by, revision: { increment: 1 } },
  });
  await tx.dutyShift.deleteMany({ where: { centreId } });
  for (const [index, { from, to, days }] of shifts.entries())
    await tx.dutyShift.create({
      data: { centreId, place: index + 1, from, to, turns: { create: turnsOf(days) } },
    });
}

const turnsOf = (days: NewShift['days']) =>
  days.flatMap((turn, day) => turn.map((accountId, index) => ({ weekday: day + 1, place: index + 1, accountId })));
