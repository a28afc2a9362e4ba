import type { Prisma, Tx } from '@lianzhen/db/client.ts';

export type GuestFound = Prisma.GuestLinkGetPayload<object>;

export const insert = (tx: Tx, data: Prisma.GuestLinkUncheckedCreateInput): Promise<GuestFound> =>
  tx.guestLink.create({ data });
export const count = (tx: Tx, consultationId: string) => tx.guestLink.count({ where: { consultationId } });
export const ofConsultation = (tx: Tx, consultationId: string, id: string): Promise<GuestFound> =>
  tx.guestLink.findFirstOrThrow({ where: { id, consultationId } });
export const change = (tx: Tx, id: string, data: Prisma.GuestLinkUncheckedUpdateInput): Promise<GuestFound> =>
  tx.guestLink.update({ where: { id }, data });

/** By its number, locked: two who use one code at once cannot both be the first. */
export async function lockByNumber(tx: Tx, number: string): Promise<GuestFound | null> {
  await tx.$queryRaw`SELECT 1 FROM "GuestLink" WHERE "number" = ${number} FOR UPDATE`;
  return tx.guestLink.findUnique({ where: { number } });
}
