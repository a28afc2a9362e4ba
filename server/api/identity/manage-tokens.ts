import { MachineScope } from '@lianzhen/contracts/access.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { MachineTokenView } from '@lianzhen/contracts/identity.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { z } from 'zod';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { newToken, tokenHash } from './secrets.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db' | 'clock'>;
type Row = Awaited<ReturnType<typeof store.tokensOf>>[number];

const view = (row: Row): z.infer<typeof MachineTokenView> => ({
  id: row.id,
  name: row.name,
  facilityId: row.facilityId,
  scopes: MachineScope.array().parse(row.scopes),
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
});

export async function listMachineTokens({ db }: Part, ctx: Ctx) {
  const { facilityIds } = requireAccess(ctx, 'account:manage');
  return (await store.tokensOf(db, facilityIds)).map(view);
}

/** The token itself is in this answer and nowhere else. */
export async function createMachineToken(
  { db, clock }: Part,
  ctx: Ctx,
  input: { facilityId: string; name: string; scopes: MachineScope[]; expiresAt?: string },
) {
  requireAccess(ctx, 'account:manage', input.facilityId);
  const token = newToken();
  const { facilityId, name } = input;
  const scopes = [...new Set(input.scopes)];
  const expiresAt = input.expiresAt ? new Date(input.expiresAt) : null;
  if (expiresAt && expiresAt <= clock.now())
    throw new HubError('bad-input', { fields: [{ field: 'expiresAt', expected: 'a moment that is yet to come' }] });
  return db.transaction(async (tx) => {
    const row = await tx.machineToken.create({
      data: { tokenHash: tokenHash(token), name, facilityId, scopes, expiresAt },
    });
    await recordAudit(tx, {
      ...auditOf(ctx, facilityId),
      action: 'identity.tokenCreated',
      objectType: 'machine-token',
      objectId: row.id,
      detail: { scopes },
    });
    return { ...view(row), token };
  });
}

export async function revokeMachineToken({ db, clock }: Part, ctx: Ctx, input: { id: string }) {
  const { facilityIds } = requireAccess(ctx, 'account:manage');
  return db.transaction(async (tx) => {
    const row = await tx.machineToken.findFirstOrThrow({ where: { id: input.id, facilityId: { in: facilityIds } } });
    await tx.machineToken.update({ where: { id: row.id }, data: { revokedAt: row.revokedAt ?? clock.now() } });
    await recordAudit(tx, {
      ...auditOf(ctx, row.facilityId),
      action: 'identity.tokenRevoked',
      objectType: 'machine-token',
      objectId: row.id,
    });
    return { ok: true } as const;
  });
}
