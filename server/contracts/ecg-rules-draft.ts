import { z } from 'zod';
import { CriticalRule, CriticalRuleSet } from './ecg-critical.ts';
import { nameAfter } from './ecg-rules-names.ts';
import { isWithin, type Threshold, thresholdsOf, withThreshold } from './ecg-rules-thresholds.ts';
import { Day, Line, RequiredLine } from './fields.ts';

const Code = z.string().regex(/^[a-z0-9-]{1,40}$/);
const ListName = z.object({ code: Code, version: z.number().int().min(1) });

/** A pattern of a list, with the reason where it is switched off. */
export const ListedRule = CriticalRule.extend({ off: RequiredLine(300).nullable().default(null) });
export type ListedRule = z.infer<typeof ListedRule>;
/** A list as a centre publishes it; kept as it is for ever. */
export const PublishedRules = CriticalRuleSet.extend({
  rules: z.array(ListedRule).min(1).max(100),
  /** The list that it was made from. */
  basedOn: ListName.nullable().default(null),
  note: Line(300).default(''),
});
export type PublishedRules = z.infer<typeof PublishedRules>;

/** What recordings are judged by: the patterns that are not switched off. */
export const rulesSwitchedOn = ({ rules, ...list }: PublishedRules): CriticalRuleSet =>
  CriticalRuleSet.parse({ ...list, rules: rules.filter(({ off }) => off === null) });

/** What is other than in the list that one begins with. */
export const PatternEdit = z.object({
  code: Code,
  off: z.boolean(),
  /** Why it is switched off. */
  reason: Line(300).default(''),
  /** Names; where none is given, the numbers in the old one are replaced. */
  zh: Line(100).optional(),
  en: Line(100).optional(),
  thresholds: z.array(z.object({ at: Line(80), value: z.number() })).max(40),
});
export type PatternEdit = z.infer<typeof PatternEdit>;
export const RulesEdit = z.object({ base: ListName, patterns: z.array(PatternEdit).max(100) });
export type RulesEdit = z.infer<typeof RulesEdit>;
export const RulesDraft = RulesEdit.extend({
  /** What the centre goes by: a document with its number and date. */
  source: RequiredLine(300),
  validFrom: Day,
  note: Line(300).default(''),
});
export type RulesDraft = z.infer<typeof RulesDraft>;

/** A field that cannot be published, and what was expected there. */
export interface DraftFault {
  field: string;
  expected: string;
}

export const rangeText = ({ min, max, unit }: Threshold): string => `a whole number from ${min} to ${max} ${unit}`;

/** The patterns after the changes, and what is wrong with them. A pattern whose numbers changed names the new source. */
export function editRules(
  base: { rules: readonly ListedRule[] },
  patterns: readonly PatternEdit[],
  source?: string,
): { rules: ListedRule[]; changed: string[]; faults: DraftFault[] } {
  const known = new Set(base.rules.map(({ code }) => code));
  const faults: DraftFault[] = patterns.flatMap(({ code }, index) => {
    const field = `patterns.${code}`;
    if (!known.has(code)) return [{ field, expected: 'a pattern of the list' }];
    return patterns.findIndex((one) => one.code === code) === index ? [] : [{ field, expected: 'each pattern once' }];
  });
  const edited = base.rules.map((rule) => {
    const edit = patterns.find(({ code }) => code === rule.code);
    return edit ? editRule(rule, edit, source) : { rule, isChanged: false, faults: [] };
  });
  const rules = edited.map(({ rule }) => rule);
  const isEmpty = rules.every(({ off }) => off !== null);
  return {
    rules,
    changed: edited.filter(({ isChanged }) => isChanged).map(({ rule }) => rule.code),
    faults: [
      ...faults,
      ...edited.flatMap((one) => one.faults),
      ...(isEmpty ? [{ field: 'patterns', expected: 'at least one pattern that is switched on' }] : []),
    ],
  };
}

function editRule(before: ListedRule, edit: PatternEdit, source: string | undefined) {
  const field = `patterns.${before.code}`;
  const faults: DraftFault[] = [];
  const known = thresholdsOf(before);
  let rule: ListedRule = { ...before, off: edit.off ? edit.reason : null };
  const isReasonMissing = edit.off && !ListedRule.shape.off.safeParse(edit.reason).success;
  if (isReasonMissing) faults.push({ field: `${field}.reason`, expected: 'why it is switched off' });
  let isChanged = false;
  for (const { at, value } of edit.thresholds) {
    const threshold = known.find((one) => one.at === at);
    if (!threshold) faults.push({ field: `${field}.${at}`, expected: known.map((one) => one.at).join(', ') });
    else if (value !== threshold.value && !isWithin(threshold, value))
      faults.push({ field: `${field}.${at}`, expected: rangeText(threshold) });
    else if (value !== threshold.value) {
      isChanged = true;
      rule = renamed(withThreshold(rule, threshold, value), threshold, value);
    }
  }
  for (const language of ['zh', 'en'] as const) {
    const name = edit[language];
    if (name === undefined) continue;
    if (!CriticalRule.shape[language].safeParse(name).success)
      faults.push({ field: `${field}.${language}`, expected: 'a name' });
    else rule = { ...rule, [language]: name };
  }
  return { rule: isChanged && source ? { ...rule, source } : rule, isChanged, faults };
}

const renamed = (rule: ListedRule, { unit, value: from }: Threshold, to: number): ListedRule => ({
  ...rule,
  zh: nameAfter(rule.zh, unit, from, to).slice(0, 100),
  en: nameAfter(rule.en, unit, from, to).slice(0, 100),
});
