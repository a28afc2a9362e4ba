import { Role } from '@lianzhen/contracts/access.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { type AccountView, Title } from '@lianzhen/contracts/identity.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { isUniqueViolation } from '@lianzhen/db/client.ts';
import { hashPassword, oneTimeUntil } from '@lianzhen/db/passwords.ts';
import type { z } from 'zod';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { setCentres } from './set-centres.ts';
import * as store from './store.ts';
import { assertStrong } from './strong-password.ts';

type Part = Pick<Deps, 'db' | 'clock'>;
type Row = Awaited<ReturnType<typeof store.accountIn>>;

/** Roles that only the health commission gives; a facility's own admin cannot make a regulator. */
export const overseeing: Role[] = ['regulator', 'auditor'];

const view = (row: Row): z.infer<typeof AccountView> => ({
  id: row.id,
  username: row.username,
  displayName: row.displayName,
  title: Title.safeParse(row.title).data ?? null,
  licenceNumber: row.licenceNumber,
  disabled: row.disabledAt !== null,
  lockedUntil: row.lockedUntil?.toISOString() ?? null,
  oneTimeUntil: row.oneTimeUntil?.toISOString() ?? null,
  roles: row.roles.map(({ facilityId, role }) => ({ facilityId, role: Role.parse(role) })),
  centreIds: row.centres.map(({ centreId }) => centreId),
});

export async function listAccounts({ db }: Part, ctx: Ctx) {
  const { facilityIds } = requireAccess(ctx, 'account:manage');
  return (await store.accountsOf(db, facilityIds)).map(view);
}

export async function createAccount(
  { db, clock }: Part,
  ctx: Ctx,
  input: {
    username: string;
    displayName: string;
    title: z.infer<typeof Title> | null;
    licenceNumber?: string | null;
    password: string;
    oneTime?: boolean;
    facilityId: string;
    roles: Role[];
    centreIds?: string[];
  },
) {
  const { facilityIds } = requireAccess(ctx, 'account:manage', input.facilityId);
  assertGivable(input.roles);
  assertStrong(input.password, input.username);
  const passwordHash = await hashPassword(input.password);
  const { username, displayName, title, licenceNumber } = input;
  const data = { username, displayName, title, licenceNumber, passwordHash };
  try {
    return await db.transaction(async (tx) => {
      const until = input.oneTime ? oneTimeUntil(clock.now()) : null;
      const { id } = await tx.account.create({ data: { ...data, oneTimeUntil: until } });
      await store.setRoles(tx, id, input.facilityId, input.roles);
      await setCentres(tx, id, input.facilityId, input.centreIds);
      const row = await store.accountIn(tx, facilityIds, id);
      await recordAudit(tx, {
        ...auditOf(ctx, input.facilityId),
        action: 'identity.accountCreated',
        objectType: 'account',
        objectId: id,
        detail: { roles: input.roles, centreIds: input.centreIds },
      });
      return view(row);
    });
  } catch (cause) {
    if (isUniqueViolation(cause)) throw new HubError('already-exists', { field: 'username' }, { cause });
    throw cause;
  }
}

/**
 * Changes what a person may do in a facility, for which of its centres he reads and, where the person works nowhere else, the account itself: an admin has
 * no say over somebody else's doctor.
 */
export async function setAccount({ db, clock }: Part, ctx: Ctx, input: AccountChange) {
  const { facilityIds } = requireAccess(ctx, 'account:manage', input.facilityId);
  assertNotOneself(ctx, input);
  const managed = requireAccess(ctx, 'account:manage').facilityIds;
  return db.transaction(async (tx) => {
    const locked = await store.lockAccount(tx, (await store.accountIn(tx, facilityIds, input.id)).id);
    if (touchesAccount(input) && (await store.sitsOutside(tx, managed, input.id)))
      throw new HubError('forbidden', { reason: 'the person works for another facility as well' });
    if (input.roles) assertGivable(input.roles, await store.rolesAt(tx, input.id, input.facilityId));
    const { displayName, title, licenceNumber } = input;
    const disabledAt =
      input.disabled === undefined ? undefined : input.disabled ? (locked.disabledAt ?? clock.now()) : null;
    const unlocked = input.unlock ? { failedLogins: 0, lockedUntil: null } : {};
    const data = { displayName, title, licenceNumber, disabledAt, ...unlocked };
    await tx.account.update({ where: { id: input.id }, data });
    // Roles are read anew with every request; only an account that is closed has sessions to end.
    if (input.disabled) await store.endSessionsOf(tx, input.id);
    const row = await store.accountIn(tx, facilityIds, input.id);
    if (input.roles) await store.setRoles(tx, input.id, input.facilityId, input.roles);
    if (input.roles || input.centreIds) await setCentres(tx, input.id, input.facilityId, input.centreIds);
    const { roles, disabled, unlock, centreIds } = input;
    const fields = (['displayName', 'title', 'licenceNumber'] as const).filter((field) => input[field] !== undefined);
    await recordAudit(tx, {
      ...auditOf(ctx, input.facilityId),
      action: 'identity.accountChanged',
      objectType: 'account',
      objectId: input.id,
      detail: { roles, centreIds, disabled, unlocked: unlock, fields },
    });
    // Without a role left the account is not of this admin's any more: what it was is shown once again, with what changed.
    const others = row.roles.filter((one) => one.facilityId !== input.facilityId);
    const { facilityId } = input;
    const centres = (await store.centresAt(tx, row.id, facilityIds)).map((centreId) => ({ centreId }));
    const rolesNow = roles ? [...others, ...roles.map((role) => ({ accountId: row.id, facilityId, role }))] : row.roles;
    return view({ ...row, centres, roles: rolesNow });
  });
}

export interface AccountChange {
  id: string;
  facilityId: string;
  roles?: Role[];
  centreIds?: string[];
  displayName?: string;
  title?: z.infer<typeof Title> | null;
  licenceNumber?: string | null;
  disabled?: boolean;
  unlock?: true;
}
const touchesAccount = ({ displayName, title, licenceNumber, disabled, unlock }: AccountChange): boolean =>
  [displayName, title, licenceNumber, disabled, unlock].some((change) => change !== undefined);

/** The last admin who takes the office away from himself leaves a facility that nobody can run. */
function assertNotOneself(ctx: Ctx, { id, disabled, roles }: AccountChange): void {
  if (requirePerson(ctx).accountId !== id) return;
  if (disabled || (roles && !roles.includes('facility-admin')))
    throw new HubError('forbidden', { reason: 'one’s own account' });
}

/** @param held the overseeing roles that the account has already; they are neither given nor taken here */
function assertGivable(roles: Role[], held: readonly string[] = []): void {
  const given = roles.filter((role) => overseeing.includes(role) && !held.includes(role));
  const taken = overseeing.filter((role) => held.includes(role) && !roles.includes(role));
  if (given.length + taken.length > 0) throw new HubError('forbidden', { roles: [...given, ...taken] });
}
