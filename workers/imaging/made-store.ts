import type { Prisma, Tx } from '@lianzhen/db/client.ts';

export const knownUids = async (tx: Tx, sopInstanceUids: string[]): Promise<Set<string>> => {
  const found = await tx.instance.findMany({
    where: { sopInstanceUid: { in: sopInstanceUids } },
    select: { sopInstanceUid: true },
  });
  return new Set(found.map(({ sopInstanceUid }) => sopInstanceUid));
};

/** @returns false where an instance of this UID was there already */
export const addInstance = async (tx: Tx, data: Prisma.InstanceCreateManyInput): Promise<boolean> =>
  (await tx.instance.createMany({ data: [data], skipDuplicates: true })).count === 1;
