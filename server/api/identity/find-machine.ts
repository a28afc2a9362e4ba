import { MachineScope } from '@lianzhen/contracts/access.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { auditOf, type Ctx, type Machine } from '../context.ts';
import type { Deps } from '../deps.ts';
import { tokenHash } from './secrets.ts';
import * as store from './store.ts';

/** A flood of wrong tokens is refused each time but written down only so often. */
const refusalsWritten = new RateLimiterMemory({ points: 20, duration: 60 });
const touchEveryMs = 60_000;

/** @throws `unauthenticated` for anything but a valid bearer token; the refusal is audited. */
export async function findMachine(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  authorization: string,
): Promise<Machine> {
  const token = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization)?.[1];
  const found = token ? await store.tokenByHash(db, tokenHash(token)) : null;
  const now = clock.now();
  if (!found || found.revokedAt || (found.expiresAt && found.expiresAt <= now)) {
    await writeRefusal(db, ctx);
    throw new HubError('unauthenticated', { expected: 'a valid bearer token' });
  }
  if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() > touchEveryMs)
    await store.touchToken(db, found.id, now);
  const scopes = MachineScope.array().parse(found.scopes);
  return { kind: 'machine', tokenId: found.id, name: found.name, facilityId: found.facilityId, scopes };
}

async function writeRefusal(db: Deps['db'], ctx: Ctx): Promise<void> {
  const isFew = await refusalsWritten.consume(ctx.address ?? '').then(
    () => true,
    () => false,
  );
  if (isFew)
    await db.transaction((tx) =>
      recordAudit(tx, { ...auditOf(ctx), action: 'identity.tokenRefused', outcome: 'refused' }),
    );
}
