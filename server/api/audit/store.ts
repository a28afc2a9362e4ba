import type { Prisma, Tx } from '@lianzhen/db/client.ts';

export const find = (tx: Tx, where: Prisma.AuditEntryWhereInput, skip: number, take: number) =>
  tx.auditEntry.findMany({ where, orderBy: [{ at: 'desc' }, { chain: 'asc' }, { position: 'desc' }], skip, take });
export const count = (tx: Tx, where: Prisma.AuditEntryWhereInput) => tx.auditEntry.count({ where });
export const facilityNames = (tx: Tx, ids: string[]) =>
  tx.facility.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
export const chains = (tx: Tx) => tx.auditChain.findMany({ orderBy: { name: 'asc' } });

/** A stretch of a chain with every column as the text that was hashed. */
export const stretch = (tx: Tx, chain: string, after: bigint, take: number) => tx.$queryRaw<
  Array<{ position: bigint; previousHash: string; hash: string; columns: Array<string | null> }>
>`
  SELECT "position", "previousHash", "hash", ARRAY["chain", "position"::text, "id"::text,
    to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), "action", "outcome", "actorId"::text, "actorName",
    "facilityId"::text, "role", "patientId"::text, "objectType", "objectId", "reason", "address", "requestId", "detail"::text] AS "columns"
  FROM "AuditEntry" WHERE "chain" = ${chain} AND "position" > ${after} ORDER BY "position" LIMIT ${take}`;
