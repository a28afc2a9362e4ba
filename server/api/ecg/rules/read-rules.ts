import { dayIn } from '@lianzhen/contracts/agreement-rules.ts';
import type { RuleCentre, RuleListView, RulesView, RuleVersionRow } from '@lianzhen/contracts/ecg-rules.ts';
import { standingsOf } from '@lianzhen/contracts/ecg-rules-dates.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { Ctx } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import { type RuleReach, ruleReach } from './rule-access.ts';
import { defaultLists, listView } from './rule-lists.ts';
import * as store from './store.ts';

type ReadDeps = Pick<Deps, 'db' | 'clock'>;

const centreView = ({ id, name, nameEn, facilityId, facility }: store.CentreFound, reach: RuleReach): RuleCentre => ({
  ...{ id, name, nameEn, facilityName: facility.name },
  canPublish: reach.managed.includes(facilityId),
});

/** The ECG centres whose lists one may look at: those one runs, reads for or watches over. */
export async function listRuleCentres({ db }: ReadDeps, ctx: Ctx): Promise<RuleCentre[]> {
  const reach = ruleReach(ctx);
  return (await store.centres(db, reach.scope, reach.overseen)).map((row) => centreView(row, reach));
}

/**
 * The list that a centre goes by today, what it may be compared with, and every version with who published it and when.
 * @throws `not-found` for a centre that is not one's own to run, read for or watch over
 */
export async function readRules(deps: ReadDeps, ctx: Ctx, { centreId }: { centreId: string }): Promise<RulesView> {
  const reach = ruleReach(ctx);
  const centre = await store.centre(deps.db, reach.scope, reach.overseen, centreId);
  return rulesView(deps.db, centre, reach, deps.clock.now());
}

export async function rulesView(tx: Tx, centre: store.CentreFound, reach: RuleReach, now: Date): Promise<RulesView> {
  const own = await store.inForce(tx, centre.id, now);
  const { lists, chosen } = await defaultLists(tx, centre, now);
  const rows = await store.versions(tx, centre.id);
  const versions = versionRows(rows, now);
  const next = versions.findLast(({ standing }) => standing === 'coming');
  const coming = next ? await store.version(tx, centre.id, next.version) : null;
  return {
    centre: centreView(centre, reach),
    today: dayIn(centre.facility.timeZone, now),
    newest: rows[0]?.version ?? 0,
    inForce: own ? listView(own.rules, 'own', own) : chosen,
    coming: coming && listView(coming.rules, 'own', coming),
    defaults: lists,
    versions,
  };
}

function versionRows(rows: readonly store.VersionFound[], now: Date): RuleVersionRow[] {
  const standings = standingsOf(rows, now);
  return rows.map(({ version, code, source, note, validFrom, publishedAt, publishedByName }) => {
    const { standing, until } = standings.get(version) ?? { standing: 'past' as const, until: null };
    return {
      ...{ version, code, source, publishedByName, standing, note: note ?? '' },
      validFrom: validFrom.toISOString(),
      until: until?.toISOString() ?? null,
      publishedAt: publishedAt.toISOString(),
    };
  });
}

/** A version of a centre's list as it was published. @throws `not-found` */
export async function readRuleVersion(
  { db }: ReadDeps,
  ctx: Ctx,
  { centreId, version }: { centreId: string; version: number },
): Promise<RuleListView> {
  const reach = ruleReach(ctx);
  const centre = await store.centre(db, reach.scope, reach.overseen, centreId);
  const row = await store.version(db, centre.id, version);
  return listView(row.rules, 'own', row);
}
