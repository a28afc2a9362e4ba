import { provinceOf, type RuleListView, type RuleOrigin } from '@lianzhen/contracts/ecg-rules.ts';
import { PublishedRules } from '@lianzhen/contracts/ecg-rules-draft.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { criticalRuleSets, ruleSetFor } from '@lianzhen/ecg/signal/critical-rule-sets.ts';
import * as store from './store.ts';

/** A list with where it comes from and who published it. */
export function listView(rules: unknown, origin: RuleOrigin, row: store.RulesFound | null): RuleListView {
  return {
    ...PublishedRules.parse(rules),
    origin,
    from: row?.validFrom.toISOString() ?? null,
    publishedAt: row?.publishedAt.toISOString() ?? null,
    publishedByName: row?.publishedByName ?? null,
  };
}

const nameOf = ({ code, version }: { code: string; version: number }): string => `${code} ${version}`;

/**
 * The lists that a centre without one of its own goes by, and that others are made from: what a region has entered, and
 * what the hub brings along. Those of the province come first.
 */
export async function defaultLists(tx: Tx, centre: store.CentreFound, now: Date) {
  const province = provinceOf(centre.facility.regionCode);
  const rows = await store.common(tx, now);
  const entered = rows.map((row) => listView(row.rules, 'region', row));
  const names = new Set(entered.map(nameOf));
  const brought = criticalRuleSets.filter((list) => !names.has(nameOf(list)));
  const all = [...entered, ...brought.map((list) => listView(list, 'hub', null))];
  const chosen = ruleSetFor(province, now.toISOString().slice(0, 10), all);
  const place = (list: RuleListView) => (nameOf(list) === nameOf(chosen) ? 0 : list.province === province ? 1 : 2);
  const lists = all.toSorted((a, b) => place(a) - place(b) || a.code.localeCompare(b.code) || b.version - a.version);
  return { province, lists, chosen: lists[0] ?? listView(chosen, 'hub', null) };
}

/** The list by which the next recording of a centre is judged. */
export async function listInForce(tx: Tx, centre: store.CentreFound, now: Date): Promise<RuleListView> {
  const own = await store.inForce(tx, centre.id, now);
  return own ? listView(own.rules, 'own', own) : (await defaultLists(tx, centre, now)).chosen;
}
