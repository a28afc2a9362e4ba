import { HubError } from '@lianzhen/contracts/errors.ts';
import { type ReadingScope, scopeOfFacilities } from '@lianzhen/db/scope.ts';
import { type Ctx, requireAccess } from '../context.ts';

/**
 * What a caller may see of traces: a person those of the studies that he may read, with what a consultation shows to him;
 * a machine its own facility's.
 * @throws `unauthenticated`, `forbidden`
 */
export function traceScope(ctx: Ctx): ReadingScope {
  if (ctx.actor.kind !== 'machine') return { ...requireAccess(ctx, 'study:read'), throughConsultations: true };
  const { scopes, facilityId } = ctx.actor;
  if (!scopes.includes('results:read') && !scopes.includes('studies:send'))
    throw new HubError('forbidden', { scope: 'results:read' });
  return { ...scopeOfFacilities([facilityId]), throughConsultations: false };
}
