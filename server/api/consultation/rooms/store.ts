import { type JoinClaims, RoomEntry, type RoomFact } from '@lianzhen/contracts/room-signals.ts';
import { emptyView, PlacedMark, SharedView } from '@lianzhen/contracts/shared-view.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';

const json = (value: unknown) => value as Prisma.InputJsonValue;

export const openRoom = (tx: Tx, consultationId: string, at: Date) =>
  tx.room.upsert({
    where: { consultationId },
    create: { consultationId, openedAt: at, aliveAt: at, view: json(emptyView) },
    update: {},
  });
export type RoomRow = Awaited<ReturnType<typeof openRoom>>;
export const viewOf = ({ view }: RoomRow): SharedView => SharedView.catch(emptyView).parse(view);

export type RoomChange = Partial<Pick<RoomRow, 'isLocked' | 'leadId' | 'endedAt' | 'openedAt'>>;
export const changeRoom = (tx: Tx, consultationId: string, data: RoomChange) =>
  tx.room.update({ where: { consultationId }, data });
export const saveView = (tx: Tx, consultationId: string, view: SharedView) =>
  tx.room.update({ where: { consultationId }, data: { view: json(view) } });
/** @returns how far the entries of each have come */
export const signOfLife = (tx: Tx, consultationIds: string[], at: Date) =>
  tx.room.updateManyAndReturn({
    where: { consultationId: { in: consultationIds } },
    data: { aliveAt: at },
    select: { consultationId: true, lastSeq: true },
  });

/** Those of these consultations that will not be held, or not to their end: nobody goes on talking in them. */
export const calledOffOf = async (tx: Tx, ids: string[]): Promise<string[]> => {
  const rows = await tx.consultation.findMany({
    where: { id: { in: ids }, state: { in: ['terminated', 'cancelled', 'declined', 'missed'] } },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
};

/**
 * Those of these accounts that may not go on: disabled, or without any session that runs. That a session was not used
 * lately does not count: whoever talks in a room asks the hub for nothing.
 */
export const loggedOutOf = async (tx: Tx, accountIds: string[], now: Date): Promise<string[]> => {
  const rows = await tx.account.findMany({
    where: {
      id: { in: accountIds },
      OR: [{ disabledAt: { not: null } }, { sessions: { none: { expiresAt: { gt: now } } } }],
    },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
};

type Seated = Pick<JoinClaims, 'consultationId' | 'seatId' | 'accountId'>;
/**
 * Those of these seats that have no part in their consultation any more: of a guest whose invitation was taken back, and of
 * a person none of whose facilities has a part left, because its experts declined or because he works there no longer.
 */
export const withoutPart = (tx: Tx, seats: readonly Seated[]) => tx.$queryRaw<Omit<Seated, 'accountId'>[]>`
  SELECT "of"."consultationId", "of"."seatId"
  FROM unnest(${seats.map(({ consultationId }) => consultationId)}::uuid[], ${seats.map(({ seatId }) => seatId)}::uuid[],
    ${seats.map(({ accountId }) => accountId ?? '')}::text[]) AS "of" ("consultationId", "seatId", "accountId")
  JOIN "Consultation" ON "Consultation"."id" = "of"."consultationId"
  WHERE EXISTS (SELECT 1 FROM "GuestLink" WHERE "id" = "of"."seatId" AND "revokedAt" IS NOT NULL)
    OR ("of"."accountId" <> '' AND NOT EXISTS (
      SELECT 1 FROM "AccountRole" JOIN "ConsultationParty" USING ("facilityId")
      WHERE "AccountRole"."accountId" = NULLIF("of"."accountId", '')::uuid
        AND "ConsultationParty"."consultationId" = "of"."consultationId" AND "ConsultationParty"."until" IS NULL))`;

export const seatsOf = (tx: Tx, consultationId: string) =>
  tx.roomSeat.findMany({ where: { consultationId }, orderBy: { id: 'asc' } });
export const readSeat = (tx: Tx, consultationId: string, seatId: string) =>
  tx.roomSeat.findUnique({ where: { consultationId_seatId: { consultationId, seatId } } });
export type SeatRow = NonNullable<Awaited<ReturnType<typeof readSeat>>>;
type SeatFields = Pick<SeatRow, 'accountId' | 'role' | 'name' | 'facilityName' | 'secretHash'>;
/** The seat of whoever comes in, as his token says now; it is kept again. */
export const takeSeat = (tx: Tx, key: Pick<SeatRow, 'consultationId' | 'seatId'>, fields: SeatFields, colour: string) =>
  tx.roomSeat.upsert({
    where: { consultationId_seatId: { consultationId: key.consultationId, seatId: key.seatId } },
    create: { ...key, ...fields, colour },
    update: { ...fields, leftAt: null },
  });
type SeatChange = Partial<Pick<SeatRow, 'admittedAt' | 'removedAt' | 'leftAt' | 'hasHandUp'>>;
export const changeSeat = (tx: Tx, id: string, data: SeatChange) => tx.roomSeat.update({ where: { id }, data });
/** After the end everybody has left, and whoever waited before waits again. */
export const leaveSeats = (tx: Tx, consultationId: string, at: Date) =>
  tx.roomSeat.updateMany({ where: { consultationId }, data: { leftAt: at, admittedAt: null, hasHandUp: false } });

export const arrive = (tx: Tx, consultationId: string, seatId: string, from: Date) =>
  tx.roomAttendance.create({ data: { consultationId, seatId, from } });
export const depart = (tx: Tx, consultationId: string, seatId: string, until: Date) =>
  tx.roomAttendance.updateMany({ where: { consultationId, seatId, until: null }, data: { until } });
/** Who was there when the process died was there until its last sign of life. */
export const departAll = (tx: Tx, consultationId: string, until: Date) => tx.$queryRaw<{ seatId: string }[]>`
  UPDATE "RoomAttendance" SET "until" = greatest("from", ${until})
  WHERE "consultationId" = ${consultationId}::uuid AND "until" IS NULL RETURNING "seatId"`;

export interface NewEntry {
  at: Date;
  clientId: string | null;
  peerId: string | null;
  seatId: string | null;
  name: string;
  what: RoomFact;
}
/**
 * The next entry, if the browser's id is not known yet. The number is taken and the entry written in one statement: the
 * room's row is locked in between, and a number whose entry fails is not taken.
 * @returns the number, or nothing where the id is known
 */
export const insertEntry = (tx: Tx, consultationId: string, entry: NewEntry) => tx.$queryRaw<{ seq: number }[]>`
  WITH "next" AS (
    UPDATE "Room" SET "lastSeq" = "lastSeq" + 1
    WHERE "consultationId" = ${consultationId}::uuid AND NOT EXISTS (
      SELECT 1 FROM "RoomEntry" WHERE "consultationId" = ${consultationId}::uuid AND "clientId" = ${entry.clientId}::uuid)
    RETURNING "lastSeq")
  INSERT INTO "RoomEntry" ("consultationId", "seq", "at", "kind", "clientId", "peerId", "seatId", "name", "what")
  SELECT ${consultationId}::uuid, "lastSeq", ${entry.at}, ${entry.what.kind}, ${entry.clientId}::uuid, ${entry.peerId}::uuid,
    ${entry.seatId}::uuid, ${entry.name}, ${JSON.stringify(entry.what)}::json FROM "next"
  RETURNING "seq"`;
export const entryOfClient = (tx: Tx, consultationId: string, clientId: string) =>
  tx.roomEntry.findUnique({
    where: { consultationId_clientId: { consultationId, clientId } },
    select: { seq: true, seatId: true },
  });

export const readFile = (tx: Tx, consultationId: string, id: string) =>
  tx.roomFile.findUnique({ where: { consultationId_id: { consultationId, id } } });

type EntryRow = Awaited<ReturnType<Tx['roomEntry']['findMany']>>[number];
const entryOf = ({ seq, at, peerId, seatId, name, what }: EntryRow): RoomEntry =>
  RoomEntry.parse({ seq, at: at.toISOString(), peerId, seatId, name, what });

/** In their order, at the most `limit` after a number. */
export const entriesAfter = async (tx: Tx, consultationId: string, afterSeq: number, limit: number) =>
  (
    await tx.roomEntry.findMany({
      where: { consultationId, seq: { gt: afterSeq } },
      orderBy: { seq: 'asc' },
      take: limit,
    })
  ).map(entryOf);

/** The marks that are still there: what was marked and not taken away again, each as it was drawn last. */
export async function marksOf(tx: Tx, consultationId: string): Promise<(PlacedMark & { seatId: string })[]> {
  const rows = await tx.roomEntry.findMany({
    where: { consultationId, kind: { in: ['marked', 'unmarked'] } },
    orderBy: { seq: 'asc' },
  });
  const marks = new Map<string, PlacedMark & { seatId: string }>();
  for (const { at, what, peerId, seatId, name } of rows.map(entryOf)) {
    if (what.kind === 'unmarked') marks.delete(what.id);
    if (what.kind === 'marked' && peerId !== null && seatId !== null)
      marks.set(what.mark.id, { ...PlacedMark.parse({ ...what.mark, peerId, author: name, at }), seatId });
  }
  return [...marks.values()];
}
