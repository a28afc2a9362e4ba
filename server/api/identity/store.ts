import type { Role } from '@lianzhen/contracts/access.ts';
import type { Db, Prisma, Tx } from '@lianzhen/db/client.ts';

const withSeats = { roles: { include: { facility: true } } } as const;

export const accountByName = (tx: Tx, username: string) =>
  tx.account.findUnique({ where: { username }, include: withSeats });
export const accountById = (tx: Tx, id: string) => tx.account.findUniqueOrThrow({ where: { id }, include: withSeats });

export const sessionByHash = (tx: Tx, tokenHash: string) =>
  tx.session.findUnique({ where: { tokenHash }, include: { account: { include: withSeats } } });

export type AccountWithSeats = Awaited<ReturnType<typeof accountById>>;

/** As much of an account as it takes to say who somebody is and where he sits. */
export type SeatedAccount = Pick<
  AccountWithSeats,
  'id' | 'username' | 'displayName' | 'title' | 'licenceNumber' | 'disabledAt' | 'oneTimeUntil'
> & {
  roles: Array<{
    role: string;
    facility: Pick<AccountWithSeats['roles'][number]['facility'], 'id' | 'code' | 'name' | 'level' | 'kind'>;
  }>;
};

/** The session and its person in one round trip: every request and every frame of an image asks for it. */
export async function callerOfSession(
  { pool }: Pick<Db, 'pool'>,
  tokenHash: string,
): Promise<{ expiresAt: Date; lastSeenAt: Date; account: SeatedAccount } | undefined> {
  const { rows } = await pool.query<SeatedAccount & { expiresAt: Date; lastSeenAt: Date }>({
    name: 'caller-of-session',
    text: `
      SELECT s."expiresAt", s."lastSeenAt", a."id", a."username", a."displayName", a."title", a."licenceNumber",
        a."disabledAt", a."oneTimeUntil",
        (SELECT coalesce(json_agg(json_build_object('role', r."role", 'facility', json_build_object(
           'id', f."id", 'code', f."code", 'name', f."name", 'level', f."level", 'kind', f."kind"))), '[]')
         FROM "AccountRole" r JOIN "Facility" f ON f."id" = r."facilityId" WHERE r."accountId" = a."id") AS "roles"
      FROM "Session" s JOIN "Account" a ON a."id" = s."accountId" WHERE s."tokenHash" = $1`,
    values: [tokenHash],
  });
  const [row] = rows;
  if (!row) return undefined;
  const { expiresAt, lastSeenAt, ...account } = row;
  return { expiresAt, lastSeenAt, account };
}

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

/** The row as it is now, held until the transaction ends. */
export async function lockAccount(tx: Tx, id: string) {
  await tx.$queryRaw`SELECT 1 FROM "Account" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.account.findUniqueOrThrow({ where: { id } });
}
export type LockedAccount = Awaited<ReturnType<typeof lockAccount>>;
export const useTotpStep = (tx: Tx, id: string, totpLastStep: number) =>
  tx.account.update({ where: { id }, data: { totpLastStep } });

/** @param oneTimeUntil while it must be changed at the next log-in; null for a password that its owner chose */
export const setPassword = (tx: Tx, id: string, passwordHash: string, oneTimeUntil: Date | null) =>
  tx.account.update({ where: { id }, data: { passwordHash, oneTimeUntil } });

export const createSession = (tx: Tx, data: Prisma.SessionUncheckedCreateInput) => tx.session.create({ data });
export const endExpiredSessions = (tx: Tx, accountId: string, now: Date) =>
  tx.session.deleteMany({ where: { accountId, expiresAt: { lte: now } } });

export const endSession = (tx: Tx, tokenHash: string) => tx.session.deleteMany({ where: { tokenHash } });
export const endOtherSessions = (tx: Tx, accountId: string, keep: string) =>
  tx.session.deleteMany({ where: { accountId, tokenHash: { not: keep } } });
export const endSessionsOf = (tx: Tx, accountId: string) => tx.session.deleteMany({ where: { accountId } });
export const touchSession = (db: Db, tokenHash: string, now: Date) =>
  db.session.updateMany({ where: { tokenHash }, data: { lastSeenAt: now } });

/** Of these sessions the ones that still run, each with the facilities in which its person sits. */
export const runningSessions = (tx: Tx, hashes: string[], now: Date, seenAfter: Date) => tx.$queryRaw<
  Array<{ tokenHash: string; facilityIds: string[] }>
>`
  SELECT s."tokenHash", array_remove(array_agg(DISTINCT r."facilityId"::text), NULL) AS "facilityIds"
  FROM "Session" s JOIN "Account" a ON a."id" = s."accountId" LEFT JOIN "AccountRole" r ON r."accountId" = a."id"
  WHERE s."tokenHash" = ANY(${hashes}) AND s."expiresAt" > ${now} AND s."lastSeenAt" > ${seenAfter} AND a."disabledAt" IS NULL
  GROUP BY s."tokenHash"`;

export const tokenByHash = (tx: Tx, tokenHash: string) => tx.machineToken.findUnique({ where: { tokenHash } });
export const touchToken = (db: Db, id: string, now: Date) =>
  db.machineToken.updateMany({ where: { id }, data: { lastUsedAt: now } });
export const tokensOf = (tx: Tx, facilityIds: string[]) =>
  tx.machineToken.findMany({
    where: { facilityId: { in: facilityIds }, revokedAt: null },
    orderBy: { createdAt: 'desc' },
  });

const withWork = (facilityIds: string[]) =>
  ({
    roles: { where: { facilityId: { in: facilityIds } } },
    centres: { where: { centre: { facilityId: { in: facilityIds } } }, select: { centreId: true } },
  }) as const satisfies Prisma.AccountInclude;
export const accountsOf = (tx: Tx, facilityIds: string[]) =>
  tx.account.findMany({
    where: { roles: { some: { facilityId: { in: facilityIds } } } },
    include: withWork(facilityIds),
    orderBy: { username: 'asc' },
  });
export const accountIn = (tx: Tx, facilityIds: string[], id: string) =>
  tx.account.findFirstOrThrow({
    where: { id, roles: { some: { facilityId: { in: facilityIds } } } },
    include: withWork(facilityIds),
  });
/** Whether a person has a seat in a facility that is not one of these. */
export const sitsOutside = async (tx: Tx, facilityIds: string[], accountId: string): Promise<boolean> =>
  (await tx.accountRole.count({ where: { accountId, facilityId: { notIn: facilityIds } } })) > 0;
/** Every role of an account, in whatever facility. */
export const rolesOf = async (tx: Tx, accountId: string): Promise<string[]> =>
  (await tx.accountRole.findMany({ where: { accountId }, select: { role: true } })).map(({ role }) => role);
export const rolesAt = async (tx: Tx, accountId: string, facilityId: string): Promise<string[]> =>
  (await tx.accountRole.findMany({ where: { accountId, facilityId }, select: { role: true } })).map(({ role }) => role);
export async function setRoles(tx: Tx, accountId: string, facilityId: string, roles: Role[]): Promise<void> {
  await tx.accountRole.deleteMany({ where: { accountId, facilityId } });
  await tx.accountRole.createMany({ data: [...new Set(roles)].map((role) => ({ accountId, facilityId, role })) });
}

/** The centres of these facilities that somebody reads for. */
export const centresAt = async (tx: Tx, accountId: string, facilityIds: string[]): Promise<string[]> => {
  const where = { accountId, centre: { facilityId: { in: facilityIds } } };
  return (await tx.centreMember.findMany({ where, select: { centreId: true } })).map(({ centreId }) => centreId);
};
export const countCentres = (tx: Tx, facilityId: string, ids: string[]): Promise<number> =>
  tx.centre.count({ where: { id: { in: ids }, facilityId } });
/** What stays keeps the day since when. */
export async function replaceCentres(tx: Tx, accountId: string, before: string[], after: string[]): Promise<void> {
  const gone = before.filter((id) => !after.includes(id));
  await tx.centreMember.deleteMany({ where: { accountId, centreId: { in: gone } } });
  const added = after.filter((id) => !before.includes(id));
  await tx.centreMember.createMany({ data: added.map((centreId) => ({ accountId, centreId })) });
}
