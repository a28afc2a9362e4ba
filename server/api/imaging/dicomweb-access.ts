import { HubError } from '@lianzhen/contracts/errors.ts';
import { type ReadingScope, scopeOfFacilities } from '@lianzhen/db/scope.ts';
import { type Ctx, requireAccess } from '../context.ts';

/**
 * What a caller of QIDO-RS and WADO-RS may see: a person where he may read studies, with what a consultation shows to that
 * facility; a machine its own facility's. Everything else does not exist for him.
 * @throws `unauthenticated`, `forbidden`
 */
export function dicomWebScope(ctx: Ctx): ReadingScope {
  if (ctx.actor.kind !== 'machine') return { ...requireAccess(ctx, 'study:read'), throughConsultations: true };
  const { scopes, facilityId } = ctx.actor;
  if (!scopes.includes('results:read') && !scopes.includes('studies:send')) {
    throw new HubError('forbidden', { scope: 'results:read' });
  }
  return { ...scopeOfFacilities([facilityId]), throughConsultations: false };
}
