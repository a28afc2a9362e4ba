import type { Role } from '@lianzhen/contracts/access.ts';
import { FacilityLevel } from '@lianzhen/contracts/facilities.ts';
import { RequiredLine } from '@lianzhen/contracts/fields.ts';
import { Password } from '@lianzhen/contracts/identity.ts';
import { recordAudit } from './audit.ts';
import { connectDb, type Tx } from './client.ts';
import { hashPassword, oneTimePassword, oneTimeUntil } from './passwords.ts';
import { fillingStore, takeTurn } from './take-turn.ts';

/** What an operator asks for at the command line, before there is anybody who could be asked over the pages. */
export interface AdminWish {
  /** The facility's code. It begins the names of the facility's secrets (`C01-his`), and so has no hyphen. */
  facility: string;
  /** For a facility that is made: its name, level and kind, and the code of the one above it. */
  name?: string | undefined;
  level?: string | undefined;
  kind?: string | undefined;
  parent?: string | undefined;
  username: string;
  displayName?: string | undefined;
  role?: string | undefined;
  /** Read from the operator; made here where it is not given. Good for one log-in either way. */
  password?: string | undefined;
  /** Gives an account that is there a new one-time password, and takes its one-time codes off. */
  reset?: boolean | undefined;
}
export interface AdminMade {
  facility: { id: string; code: string; name: string; isNew: boolean };
  username: string;
  /** None where the operator gave it. */
  password: string | undefined;
  until: Date;
}
/** What the operator has to say otherwise; the message says how. */
export class WishRefused extends Error {}

const rootLevels = ['county', 'city', 'province'];
const kinds = ['hospital', 'clinic', 'commission'];
/** The roles that no page gives to the first of them: an admin's, and the overseeing ones. */
const roles: readonly string[] = ['facility-admin', 'auditor', 'regulator'] satisfies Role[];

/**
 * Makes the first admin of a facility, with a password for one log-in; in an empty store, the facility as well.
 * @throws WishRefused, having changed nothing
 */
export async function makeAdmin(databaseUrl: string, wish: AdminWish, now: Date): Promise<AdminMade> {
  check(wish);
  const password = wish.password ?? oneTimePassword();
  const passwordHash = await hashPassword(password);
  const db = connectDb(databaseUrl, 2);
  try {
    return await db.transaction(async (tx) => {
      await takeTurn(tx, fillingStore);
      const facility = await facilityOf(tx, wish);
      const until = oneTimeUntil(now);
      const secret = { passwordHash, oneTimeUntil: until };
      const accountId = wish.reset
        ? await resetIn(tx, facility.id, wish, secret)
        : await create(tx, facility.id, wish, secret);
      const at = { facilityId: facility.id, actorName: 'command line', role: 'operator', objectType: 'account' };
      const action = wish.reset ? 'identity.passwordReset' : 'identity.accountCreated';
      const detail = wish.reset ? {} : { roles: [roleOf(wish)] };
      await recordAudit(tx, { ...at, action, objectId: accountId, detail });
      return { facility, username: wish.username, password: wish.password ? undefined : password, until };
    });
  } finally {
    await db.close();
  }
}

const roleOf = ({ role }: AdminWish): string => role ?? 'facility-admin';

function check(wish: AdminWish): void {
  const problems = [
    ...(/^[A-Z][A-Z0-9]{1,11}$/.test(wish.facility)
      ? []
      : ['--facility: 2 to 12 capital letters and digits, as in C01']),
    ...(/^[a-z][a-z0-9._-]{2,31}$/.test(wish.username)
      ? []
      : ['--username: 3 to 32 small letters, digits and . _ -, beginning with a letter']),
    ...(roles.includes(roleOf(wish)) ? [] : [`--role: one of ${roles.join(', ')}`]),
    ...(wish.kind === undefined || kinds.includes(wish.kind) ? [] : [`--kind: one of ${kinds.join(', ')}`]),
    ...(wish.level === undefined || FacilityLevel.safeParse(wish.level).success
      ? []
      : [`--level: one of ${FacilityLevel.options.join(', ')}`]),
    ...([wish.name ?? 'x', wish.displayName ?? 'x'].every((text) => RequiredLine(60).safeParse(text).success)
      ? []
      : ['--name and --display-name: one line of at most 60 characters']),
    ...(wish.password === undefined || Password.safeParse(wish.password).success
      ? []
      : ['the password: 10 to 128 characters']),
  ];
  if (problems.length > 0) throw new WishRefused(problems.join('\n'));
}

async function facilityOf(tx: Tx, wish: AdminWish): Promise<AdminMade['facility']> {
  const { facility: code, parent } = wish;
  const select = { id: true, code: true, name: true } as const;
  const known = await tx.facility.findUnique({ where: { code }, select });
  if (known) return { ...known, isNew: false };
  const isEmpty = (await tx.facility.count()) === 0;
  const above = parent === undefined ? null : await tx.facility.findUnique({ where: { code: parent }, select });
  const mayBeRoot = isEmpty && parent === undefined;
  if (wish.reset || (!above && !mayBeRoot))
    throw new WishRefused(
      `there is no facility ${parent ?? code}: use the code of one that is there, or name the one above a new one with --parent`,
    );
  const level = wish.level ?? 'county';
  if (!wish.name) throw new WishRefused('--name: what the new facility is called');
  if (!above && !rootLevels.includes(level))
    throw new WishRefused(`--level: the first facility is of one of the levels ${rootLevels.join(', ')}`);
  const data = { code, name: wish.name, level, kind: wish.kind ?? 'hospital', parentId: above?.id ?? null };
  const row = await tx.facility.create({ data, select });
  // Every facility has the hub's own inbox: there its results arrive whatever else it sets up.
  await tx.destination.create({ data: { facilityId: row.id, kind: 'inbox', name: '平台收件箱' } });
  const by = { facilityId: row.id, actorName: 'command line', role: 'operator' };
  await recordAudit(tx, { ...by, action: 'facilities.facilityCreated', objectType: 'facility', objectId: row.id });
  return { ...row, isNew: true };
}

type Secret = { passwordHash: string; oneTimeUntil: Date };

async function create(tx: Tx, facilityId: string, wish: AdminWish, secret: Secret): Promise<string> {
  const { username } = wish;
  if (await tx.account.findUnique({ where: { username }, select: { id: true } }))
    throw new WishRefused(`the account ${username} is there already: --reset gives it a new one-time password`);
  const { id } = await tx.account.create({
    data: {
      ...{ username, ...secret },
      displayName: wish.displayName ?? username,
      roles: { create: [{ facilityId, role: roleOf(wish) }] },
    },
  });
  return id;
}

async function resetIn(tx: Tx, facilityId: string, wish: AdminWish, secret: Secret): Promise<string> {
  const { username, facility } = wish;
  const account = await tx.account.findFirst({
    where: { username, roles: { some: { facilityId } } },
    select: { id: true },
  });
  if (!account) throw new WishRefused(`there is no account ${username} at ${facility}`);
  await tx.$queryRaw`SELECT 1 FROM "Account" WHERE "id" = ${account.id}::uuid FOR UPDATE`;
  const open = { failedLogins: 0, lockedUntil: null, totpSecret: null, totpConfirmed: false, totpLastStep: null };
  await tx.account.update({ where: { id: account.id }, data: { ...secret, ...open } });
  await tx.session.deleteMany({ where: { accountId: account.id } });
  return account.id;
}
