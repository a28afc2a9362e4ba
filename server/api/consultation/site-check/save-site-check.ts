import type { SaveSiteCheck, SiteCheckView } from '@lianzhen/contracts/site-check.ts';
import { judgeSite, overallOf } from '@lianzhen/contracts/site-check-rules.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import { siteCheckView } from './site-check-view.ts';
import * as store from './store.ts';

/** Keeps what was measured. The verdict is the hub's own: a page that is older than its rules does not decide. */
export async function saveSiteCheck(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  { facilityId, place, measured }: SaveSiteCheck,
): Promise<SiteCheckView> {
  requireAccess(ctx, 'site-check:run', facilityId);
  const { accountId: byId, displayName: byName } = requirePerson(ctx);
  const verdict = overallOf(judgeSite(measured));
  return db.transaction(async (tx) => {
    const row = await store.add(tx, { facilityId, place, byId, byName, at: clock.now(), verdict, measured });
    await recordAudit(tx, {
      ...auditOf(ctx, facilityId),
      action: 'consultation.siteChecked',
      objectType: 'site-check',
      objectId: row.id,
      detail: { verdict },
    });
    return siteCheckView(row);
  });
}
