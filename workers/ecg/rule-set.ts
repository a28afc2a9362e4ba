import { CriticalRuleSet } from '@lianzhen/contracts/ecg-critical.ts';
import { provinceOf } from '@lianzhen/contracts/ecg-rules.ts';
import { PublishedRules, rulesSwitchedOn } from '@lianzhen/contracts/ecg-rules-draft.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { criticalRuleSets, ruleSetFor } from '@lianzhen/ecg/signal/critical-rule-sets.ts';
import * as store from './store.ts';

/**
 * The table of critical patterns that a centre goes by at this moment: the last that it published of those whose day has
 * come, without what is switched off there; else that of its province, else the default.
 */
export async function ruleSetOf(
  tx: Tx,
  centre: { id: string; facilityId: string } | null,
  now: Date,
): Promise<CriticalRuleSet> {
  const own = centre && (await store.ownRuleSet(tx, centre.id, now));
  if (own) return rulesSwitchedOn(PublishedRules.parse(own.rules));
  const province = centre && provinceOf(await store.regionCode(tx, centre.facilityId));
  const common = (await store.commonRuleSets(tx, now)).map(({ rules }) => CriticalRuleSet.parse(rules));
  // What a region has entered goes before what the hub brings along: newer lists are preferred, of equal ones the first.
  return ruleSetFor(province, now.toISOString().slice(0, 10), [...common, ...criticalRuleSets]);
}
