import { HubError } from '@lianzhen/contracts/errors.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { leaseEnd } from './hold-case.ts';
import * as store from './store.ts';

/**
 * The holder's browser is alive. One statement and no trail: it comes every half minute and shows nothing.
 * @throws `lease-lost` where the lease ran out, was taken over or ended; `not-found` outside one's centres
 */
export async function beatCase(
  { db, clock, config }: Pick<Deps, 'db' | 'clock' | 'config'>,
  ctx: Ctx,
  input: { id: string; leaseToken: string },
): Promise<{ until: string }> {
  const scope = requireAccess(ctx, 'case:claim');
  const { accountId } = requirePerson(ctx);
  const now = clock.now();
  const until = leaseEnd(config, now);
  const held = { caseId: input.id, token: input.leaseToken, accountId };
  if (await store.prolongLease(db, scope, held, now, until)) return { until: until.toISOString() };
  await store.read(db, scope, input.id);
  throw new HubError('lease-lost', { caseId: input.id });
}
