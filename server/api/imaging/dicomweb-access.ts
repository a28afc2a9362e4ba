import { HubError } from '@lianzhen/contracts/errors.ts';
import { type FacilityScope, scopeOfFacilities } from '@lianzhen/db/scope.ts';
import { type Ctx, requireAccess } from '../context.ts';

/**
 * What a caller of QIDO-RS and WADO-RS may see: a person where he may read studies, a machine its own facility.
 * Everything else does not exist for him.
 * @throws `unauthenticated`, `forbidden`
 */
export function dicomWebScope(ctx: Ctx): FacilityScope {
  if (ctx.actor.kind !== 'machine') return requireAccess(ctx, 'study:read');
  const { scopes, facilityId } = ctx.actor;
  if (!scopes.includes('results:read') && !scopes.includes('studies:send')) {
    throw new HubError('forbidden', { scope: 'results:read' });
  }
  return scopeOfFacilities([facilityId]);
}
