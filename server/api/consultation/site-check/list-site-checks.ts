import { rolesMay } from '@lianzhen/contracts/access.ts';
import { scopeOfFacilities } from '@lianzhen/db/scope.ts';
import { type Ctx, requireAccess, requirePerson } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import { siteCheckView } from './site-check-view.ts';
import * as store from './store.ts';

/** The newest first: of one's own facilities and, for who runs a facility, of those below it. */
export async function listSiteChecks(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  input: { page: number; pageSize: number; facilityId?: string | undefined },
) {
  const own = requireAccess(ctx, 'site-check:run');
  const { rows, total } = await store.list(db, own, runBy(ctx), input);
  return { rows: rows.map(siteCheckView), total };
}

/** @throws HubError `not-found` outside one's facilities */
export async function readSiteCheck({ db }: Pick<Deps, 'db'>, ctx: Ctx, { id }: { id: string }) {
  const own = requireAccess(ctx, 'site-check:run');
  return siteCheckView(await store.read(db, own, runBy(ctx), id));
}

function runBy(ctx: Ctx) {
  const { seats } = requirePerson(ctx);
  return scopeOfFacilities(
    seats.filter(({ roles }) => rolesMay(roles, 'facility:manage')).map(({ facilityId }) => facilityId),
  );
}
