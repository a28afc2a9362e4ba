import { agreementStanding, dayIn } from '@lianzhen/contracts/agreement-rules.ts';
import { Deadline, type FacilityView, type ReachableCentre, ServiceLine } from '@lianzhen/contracts/facilities.ts';
import { type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { facilityView } from './facility-view.ts';
import * as store from './store.ts';

/** One's own facilities and those linked with them. */
export async function listFacilities({ db }: Pick<Deps, 'db'>, ctx: Ctx): Promise<FacilityView[]> {
  const scope = requireAccess(ctx, 'facility:read');
  return (await store.visible(db, scope)).map(facilityView);
}

/** The centres that a facility may send to, and, where it may not now, what is missing. */
export async function listReachableCentres(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: { facilityId: string; line?: ServiceLine },
): Promise<ReachableCentre[]> {
  requireAccess(ctx, 'facility:read', input.facilityId);
  const today = dayIn(await store.timeZoneOf(db, input.facilityId), clock.now());
  return (await store.centresReachableFrom(db, input.facilityId, input.line)).map(({ facility, ...centre }) => {
    const line = ServiceLine.parse(centre.line);
    const agreements = facility.receives.map((row) => ({
      ...row,
      lines: ServiceLine.array().parse(row.lines),
      validFrom: row.validFrom.toISOString().slice(0, 10),
      validTo: row.validTo.toISOString().slice(0, 10),
    }));
    const { agreement, missing } = agreementStanding(agreements, line, today);
    return {
      id: centre.id,
      line,
      name: centre.name,
      facility: { id: facility.id, code: facility.code, name: facility.name },
      agreement: agreement && {
        id: agreement.id,
        number: agreement.number,
        validTo: agreement.validTo,
        deadlines: Deadline.array().parse(agreement.deadlines),
      },
      missing,
    };
  });
}
