import type { RuleListView } from '@lianzhen/contracts/ecg-rules.ts';
import { editRules, type RulesEdit } from '@lianzhen/contracts/ecg-rules-draft.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { defaultLists, listView } from './rule-lists.ts';
import * as store from './store.ts';

/**
 * The patterns that a draft leads to.
 * @throws `bad-input` naming each field (`patterns.slow.0.0.value`) with what was expected there, or the list it begins with
 */
export async function draftRules(tx: Tx, centre: store.CentreFound, draft: RulesEdit, now: Date, source?: string) {
  const base = await baseOf(tx, centre, draft.base, now);
  const { rules, changed, faults } = editRules(base, draft.patterns, source);
  if (faults.length > 0) throw new HubError('bad-input', { fields: faults });
  return { base, rules, changed };
}

async function baseOf(tx: Tx, centre: store.CentreFound, wish: RulesEdit['base'], now: Date): Promise<RuleListView> {
  const own = (await store.versions(tx, centre.id)).find(
    ({ code, version }) => code === wish.code && version === wish.version,
  );
  if (own) {
    const row = await store.version(tx, centre.id, own.version);
    return listView(row.rules, 'own', row);
  }
  const { lists } = await defaultLists(tx, centre, now);
  const found = lists.find(({ code, version }) => code === wish.code && version === wish.version);
  if (!found)
    throw new HubError('bad-input', { fields: [{ field: 'base', expected: 'a list of the centre or a default' }] });
  return found;
}
