import { Role } from '@lianzhen/contracts/access.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { type AccountView, Title } from '@lianzhen/contracts/identity.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { isUniqueViolation } from '@lianzhen/db/client.ts';
import type { z } from 'zod';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { assertStrong } from './own-session.ts';
import { hashPassword } from './secrets.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db' | 'clock'>;
type Row = Awaited<ReturnType<typeof store.accountIn>>;

/** Roles that only the health commission gives; a facility's own admin cannot make a regulator. */
const overseeing: Role[] = ['regulator', 'auditor'];

const view = (row: Row): z.infer<typeof AccountView> => ({
  id: row.id,
  username: row.username,
  displayName: row.displayName,
  title: Title.safeParse(row.title).data ?? null,
  disabled: row.disabledAt !== null,
  lockedUntil: row.lockedUntil?.toISOString() ?? null,
  roles: row.roles.map(({ facilityId, role }) => ({ facilityId, role: Role.parse(role) })),
});

export async function listAccounts({ db }: Part, ctx: Ctx) {
  const { facilityIds } = requireAccess(ctx, 'account:manage');
  return (await store.accountsOf(db, facilityIds)).map(view);
}

export async function createAccount(
  { db }: Part,
  ctx: Ctx,
  input: {
    username: string;
    displayName: string;
    title: z.infer<typeof Title> | null;
    password: string;
    facilityId: string;
    roles: Role[];
  },
) {
  const { facilityIds } = requireAccess(ctx, 'account:manage', input.facilityId);
  assertGivable(input.roles);
  assertStrong(input.password, input.username);
  const passwordHash = await hashPassword(input.password);
  const { username, displayName, title } = input;
  try {
    return await db.transaction(async (tx) => {
      const { id } = await tx.account.create({ data: { username, displayName, title, passwordHash } });
      await store.setRoles(tx, id, input.facilityId, input.roles);
      const row = await store.accountIn(tx, facilityIds, id);
      await recordAudit(tx, {
        ...auditOf(ctx, input.facilityId),
        action: 'identity.accountCreated',
        objectType: 'account',
        objectId: id,
        detail: { roles: input.roles },
      });
      return view(row);
    });
  } catch (cause) {
    if (isUniqueViolation(cause)) throw new HubError('already-exists', { field: 'username' }, { cause });
    throw cause;
  }
}

export async function setAccount(
  { db, clock }: Part,
  ctx: Ctx,
  input: {
    id: string;
    facilityId: string;
    roles?: Role[];
    displayName?: string;
    title?: z.infer<typeof Title> | null;
    disabled?: boolean;
    unlock?: true;
  },
) {
  const { facilityIds } = requireAccess(ctx, 'account:manage', input.facilityId);
  if (input.roles) assertGivable(input.roles);
  return db.transaction(async (tx) => {
    await store.accountIn(tx, facilityIds, input.id);
    await tx.account.update({
      where: { id: input.id },
      data: {
        displayName: input.displayName,
        title: input.title,
        disabledAt: input.disabled === undefined ? undefined : input.disabled ? clock.now() : null,
        ...(input.unlock ? { failedLogins: 0, lockedUntil: null } : {}),
      },
    });
    // What someone may no longer do must not go on in an open session.
    if (input.disabled || input.roles) await store.endSessionsOf(tx, input.id);
    const row = await store.accountIn(tx, facilityIds, input.id);
    if (input.roles) await store.setRoles(tx, input.id, input.facilityId, input.roles);
    const detail = { roles: input.roles, disabled: input.disabled, unlocked: input.unlock };
    await recordAudit(tx, {
      ...auditOf(ctx, input.facilityId),
      action: 'identity.accountChanged',
      objectType: 'account',
      objectId: input.id,
      detail,
    });
    const others = row.roles.filter((one) => one.facilityId !== input.facilityId);
    return view(
      input.roles
        ? {
            ...row,
            roles: [
              ...others,
              ...input.roles.map((role) => ({ accountId: row.id, facilityId: input.facilityId, role })),
            ],
          }
        : row,
    );
  });
}

function assertGivable(roles: Role[]): void {
  const refused = roles.filter((role) => overseeing.includes(role));
  if (refused.length > 0) throw new HubError('forbidden', { roles: refused });
}
