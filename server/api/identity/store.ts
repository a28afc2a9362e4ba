import type { Role } from '@lianzhen/contracts/access.ts';
import type { Db, Tx } from '@lianzhen/db/client.ts';

const withSeats = { roles: { include: { facility: true } } } as const;

export const accountByName = (tx: Tx, username: string) =>
  tx.account.findUnique({ where: { username }, include: withSeats });
export const accountById = (tx: Tx, id: string) => tx.account.findUniqueOrThrow({ where: { id }, include: withSeats });

export const sessionByHash = (tx: Tx, tokenHash: string) =>
  tx.session.findUnique({ where: { tokenHash }, include: { account: { include: withSeats } } });

export type AccountWithSeats = Awaited<ReturnType<typeof accountById>>;

/** Every facility below one, itself included. */
export async function subtree(tx: Tx, facilityId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<Array<{ id: string }>>`
    WITH RECURSIVE below AS (
      SELECT "id" FROM "Facility" WHERE "id" = ${facilityId}::uuid
      UNION SELECT f."id" FROM "Facility" f JOIN below ON f."parentId" = below."id"
    ) SELECT "id" FROM below`;
  return rows.map((row) => row.id);
}

/** Counts a failure under the row's lock, so that parallel guesses are all counted. */
export const countFailure = (tx: Tx, id: string, lockedUntil: Date | null) =>
  tx.account.update({ where: { id }, data: { failedLogins: { increment: 1 }, lockedUntil } });

export const clearFailures = (tx: Tx, id: string) =>
  tx.account.update({ where: { id }, data: { failedLogins: 0, lockedUntil: null } });

export const lockAccount = (tx: Tx, id: string) => tx.$queryRaw<
  Array<{ failedLogins: number; lockedUntil: Date | null; totpLastStep: number | null }>
>`
  SELECT "failedLogins", "lockedUntil", "totpLastStep" FROM "Account" WHERE "id" = ${id}::uuid FOR UPDATE`;

export const createSession = (
  tx: Tx,
  row: { tokenHash: string; accountId: string; expiresAt: Date; address: string | null; userAgent: string | null },
) => tx.session.create({ data: row });

export const endSession = (tx: Tx, tokenHash: string) => tx.session.deleteMany({ where: { tokenHash } });
export const endOtherSessions = (tx: Tx, accountId: string, keep: string) =>
  tx.session.deleteMany({ where: { accountId, tokenHash: { not: keep } } });
export const endSessionsOf = (tx: Tx, accountId: string) => tx.session.deleteMany({ where: { accountId } });
export const touchSession = (db: Db, tokenHash: string, now: Date) =>
  db.session.updateMany({ where: { tokenHash }, data: { lastSeenAt: now } });

export const tokenByHash = (tx: Tx, tokenHash: string) => tx.machineToken.findUnique({ where: { tokenHash } });
export const touchToken = (db: Db, id: string, now: Date) =>
  db.machineToken.updateMany({ where: { id }, data: { lastUsedAt: now } });
export const tokensOf = (tx: Tx, facilityIds: string[]) =>
  tx.machineToken.findMany({
    where: { facilityId: { in: facilityIds }, revokedAt: null },
    orderBy: { createdAt: 'desc' },
  });

export const accountsOf = (tx: Tx, facilityIds: string[]) =>
  tx.account.findMany({
    where: { roles: { some: { facilityId: { in: facilityIds } } } },
    include: { roles: { where: { facilityId: { in: facilityIds } } } },
    orderBy: { username: 'asc' },
  });
export const accountIn = (tx: Tx, facilityIds: string[], id: string) =>
  tx.account.findFirstOrThrow({
    where: { id, roles: { some: { facilityId: { in: facilityIds } } } },
    include: { roles: { where: { facilityId: { in: facilityIds } } } },
  });
export async function setRoles(tx: Tx, accountId: string, facilityId: string, roles: Role[]): Promise<void> {
  await tx.accountRole.deleteMany({ where: { accountId, facilityId } });
  await tx.accountRole.createMany({ data: roles.map((role) => ({ accountId, facilityId, role })) });
}
