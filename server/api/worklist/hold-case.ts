import { randomUUID } from 'node:crypto';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { heldState } from '@lianzhen/contracts/lease-rules.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { Person } from '../context.ts';
import type { Deps } from '../deps.ts';
import { holderOf } from './case-row.ts';
import { moveCase } from './move-case.ts';
import * as store from './store.ts';

export type Purpose = 'read' | 'review';

/** When a lease that is taken or renewed now runs out. */
export const leaseEnd = (config: Pick<Deps['config'], 'HUB_LEASE_SECONDS'>, now: Date): Date =>
  new Date(now.getTime() + config.HUB_LEASE_SECONDS * 1000);

/**
 * Takes the lease of a locked case for one person, or renews what he holds, and moves the case with it.
 * @throws `already-claimed` with the holder's name and until when
 */
export async function holdCase(
  tx: Tx,
  { config, clock }: Pick<Deps, 'config' | 'clock'>,
  person: Person,
  found: store.CaseFound,
  purpose: Purpose,
): Promise<void> {
  const now = clock.now();
  const holder = holderOf(found, now);
  const isRenewal = holder?.accountId === person.accountId;
  const token = await store.takeLease(
    tx,
    {
      caseId: found.id,
      accountId: person.accountId,
      accountName: person.displayName,
      purpose,
      // A second window of the same person shares the token: the report's revision keeps the two apart.
      token: isRenewal && found.lease ? found.lease.token : randomUUID(),
    },
    now,
    leaseEnd(config, now),
  );
  if (!token) throw new HubError('already-claimed', { holder: holder?.name, until: holder?.until });
  if (isRenewal) return;
  const reader = purpose === 'read' ? { readerId: person.accountId } : {};
  await moveCase(tx, found, heldState[purpose], { kind: 'claimed', at: now, by: person }, reader);
}

/**
 * What every write of a holder begins with.
 * @throws `lease-lost` unless this person holds the case with this token, for this purpose, now
 */
export function requireHold(
  found: Pick<store.CaseFound, 'id' | 'lease'>,
  person: Person,
  token: string,
  now: Date,
  purpose?: Purpose,
): Purpose {
  const { lease } = found;
  const isMine = lease?.token === token && lease.accountId === person.accountId && lease.expiresAt > now;
  if (!isMine || (purpose !== undefined && lease.purpose !== purpose)) {
    throw new HubError('lease-lost', { caseId: found.id, holder: holderOf(found, now)?.name ?? null });
  }
  return lease.purpose as Purpose;
}

export const endHold = async (tx: Tx, caseId: string): Promise<void> => void (await store.dropLease(tx, caseId));
