import type { SiteCheckView } from '@lianzhen/contracts/site-check.ts';
import { Measured } from '@lianzhen/contracts/site-check-measures.ts';
import { judgeSite, overallOf } from '@lianzhen/contracts/site-check-rules.ts';
import type { SiteCheckRow } from './store.ts';

export function siteCheckView(row: SiteCheckRow): SiteCheckView {
  const measured = Measured.parse(row.measured);
  const findings = judgeSite(measured);
  return {
    id: row.id,
    at: row.at.toISOString(),
    facility: row.facility,
    place: row.place,
    byName: row.byName,
    verdict: overallOf(findings),
    findings,
    measured,
  };
}
