import type { RuleListView } from '@lianzhen/contracts/ecg-rules.ts';
import { editRules, type ListedRule, type PatternEdit } from '@lianzhen/contracts/ecg-rules-draft.ts';
import { thresholdsOf } from '@lianzhen/contracts/ecg-rules-thresholds.ts';

/** What somebody has changed of one pattern; a number that is being typed may be none yet. */
export interface Edit {
  off: boolean;
  reason: string;
  values: Readonly<Record<string, number | null>>;
  zh?: string | undefined;
  en?: string | undefined;
}
export interface Draft {
  base: RuleListView;
  edits: Readonly<Record<string, Edit>>;
  source: string;
  validFrom: string;
  note: string;
}

export const startDraft = (base: RuleListView, today: string): Draft => ({
  ...{ base, edits: {}, source: '', validFrom: today, note: '' },
});

export const editOf = ({ edits }: Pick<Draft, 'edits'>, rule: ListedRule): Edit =>
  edits[rule.code] ?? { off: rule.off !== null, reason: rule.off ?? '', values: {} };

/** The draft with one pattern changed. */
export const withEdit = (draft: Draft, rule: ListedRule, change: Partial<Edit>): Draft => ({
  ...draft,
  edits: { ...draft.edits, [rule.code]: { ...editOf(draft, rule), ...change } },
});

/** @returns the changes as the hub takes them; a number that is none is one that no bounds hold */
export function patternsOf({ base, edits }: Pick<Draft, 'base' | 'edits'>): PatternEdit[] {
  return base.rules.flatMap((rule) => {
    const edit = edits[rule.code];
    if (!edit) return [];
    const known = thresholdsOf(rule);
    const thresholds = Object.entries(edit.values)
      .filter(([at, value]) => known.some((one) => one.at === at && one.value !== value))
      .map(([at, value]) => ({ at, value: value ?? Number.NaN }));
    const { off, reason, zh, en } = edit;
    const names = { ...(zh === undefined ? {} : { zh }), ...(en === undefined ? {} : { en }) };
    const isSame = thresholds.length === 0 && zh === undefined && en === undefined && off === (rule.off !== null);
    return isSame && (!off || reason === rule.off) ? [] : [{ code: rule.code, off, reason, thresholds, ...names }];
  });
}

/** The list that the draft leads to, by the rules of the hub, and its faults by the name of their field. */
export function resultOf(draft: Draft) {
  const patterns = patternsOf(draft);
  const { rules, changed, faults } = editRules(draft.base, patterns, draft.source.trim() || undefined);
  const all = [...faults, ...(draft.source.trim() ? [] : [{ field: 'source', expected: '' }])];
  return { patterns, rules, changed, faults: new Set(all.map(({ field }) => field)) };
}
