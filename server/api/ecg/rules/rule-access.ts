import type { Role } from '@lianzhen/contracts/access.ts';
import { rolesMay } from '@lianzhen/contracts/access.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { type Ctx, requireAccess, requirePerson } from '../../context.ts';

/** Where somebody may look at an ECG centre's lists, and where publish them. */
export interface RuleReach {
  scope: FacilityScope;
  /** Facilities whose centres he runs or watches over; of others he sees those that he reads for. */
  overseen: string[];
  managed: string[];
}

const watching: readonly Role[] = ['facility-admin', 'regulator', 'auditor'];

/** A list of thresholds is nobody's secret, but business of those who run, read for or watch over the centre. */
export function ruleReach(ctx: Ctx): RuleReach {
  const scope = requireAccess(ctx, 'facility:read');
  const { seats } = requirePerson(ctx);
  const coveredBy = (isOne: (role: Role) => boolean) =>
    seats.filter(({ roles }) => roles.some(isOne)).flatMap(({ covers }) => covers);
  return {
    scope,
    overseen: coveredBy((role) => watching.includes(role)),
    managed: coveredBy((role) => rolesMay([role], 'facility:manage')),
  };
}
