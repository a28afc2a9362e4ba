import type { ReportView } from '@lianzhen/contracts/reporting.ts';

/** What is written: everything of a report that its writer changes. */
export type Body = Pick<
  ReportView,
  'findings' | 'impression' | 'advice' | 'positive' | 'critical' | 'criticalText' | 'templateId' | 'ecg'
>;
export const texts = ['findings', 'impression', 'advice'] as const;
export type TextKey = (typeof texts)[number];
/** The contract's bounds. */
export const longest: Record<TextKey | 'criticalText', number> = {
  findings: 20_000,
  impression: 8000,
  advice: 4000,
  criticalText: 500,
};

export const bodyOf = (view: Body): Body => ({
  findings: view.findings,
  impression: view.impression,
  advice: view.advice,
  positive: view.positive,
  critical: view.critical,
  criticalText: view.criticalText,
  templateId: view.templateId,
  ecg: view.ecg,
});

/** As the hub keeps it: an empty line of critical text is none. */
const normal = (body: Body) => ({ ...bodyOf(body), criticalText: body.criticalText?.trim() || null });
export const sameBody = (a: Body, b: Body): boolean => JSON.stringify(normal(a)) === JSON.stringify(normal(b));

/** Pasted text may carry control characters, which the hub refuses; nobody sees them go. */
export const cleanText = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\t\n]/gu, '');

export type Missing = 'findings' | 'impression' | 'criticalText' | 'positive';

/** What has to be there before anyone may sign. */
export function missingIn(body: Body): Missing[] {
  return [
    ...(body.findings.trim() ? [] : (['findings'] as const)),
    ...(body.impression.trim() ? [] : (['impression'] as const)),
    ...(body.critical && !body.criticalText?.trim() ? (['criticalText'] as const) : []),
    ...(body.positive === null ? (['positive'] as const) : []),
  ];
}

/** The whole of it as plain text, for a clipboard. */
export const plainText = (body: Body, titles: Record<TextKey, string>): string =>
  texts
    .filter((key) => body[key].trim())
    .map((key) => `${titles[key]}\n${body[key].trim()}`)
    .join('\n\n');
