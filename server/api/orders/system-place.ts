import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { type Ctx, requireMachine } from '../context.ts';
import * as store from './store.ts';

/** Where a hospital's system acts: its own facility, and no other. */
export interface SystemPlace {
  facilityId: string;
  code: string;
  timeZone: string;
  scope: FacilityScope;
}

/** @throws `unauthenticated` or `forbidden` for whoever may not send orders */
export async function systemPlace(tx: Tx, ctx: Ctx): Promise<SystemPlace> {
  const { facilityId, scope } = requireMachine(ctx, 'orders:send');
  const facility = await store.facility(tx, facilityId);
  if (!facility) throw new HubError('forbidden', { scope: 'orders:send' });
  return { facilityId, scope, code: facility.code, timeZone: facility.timeZone };
}
