import type { StatementView } from '@lianzhen/contracts/ecg.ts';
import type { EcgPart } from '@lianzhen/contracts/ecg-report.ts';

/** A coded sentence as it stands in a report: its words may have been changed, its code says what it is. */
export type Said = EcgPart['statements'][number];
/** The contract's bound. */
export const mostStatements = 40;

/** The sentences as a conclusion: one alone as it is, several with numbers. */
export const conclusionText = (said: readonly Said[]): string =>
  said.length < 2 ? (said[0]?.zh ?? '') : said.map(({ zh }, at) => `${at + 1}. ${zh}`).join('\n');

/**
 * The impression after the coded sentences have changed. What a person typed before, after or between stays: only the
 * block that these sentences were before is replaced, and where it is not there any more the new sentences are put after
 * the text, each once.
 */
export function recombine(impression: string, before: readonly Said[], after: readonly Said[]): string {
  const old = conclusionText(before);
  const next = conclusionText(after);
  if (impression.trim() === '') return next;
  const at = old === '' ? -1 : impression.indexOf(old);
  if (at >= 0) {
    const [head, tail] = [impression.slice(0, at), impression.slice(at + old.length)];
    return next === ''
      ? `${head.trimEnd()}${head.trim() && tail.trim() ? '\n' : ''}${tail.trimStart()}`
      : `${head}${next}${tail}`;
  }
  const gone = before.filter(({ zh }) => !after.some((one) => one.zh === zh));
  const kept = gone.reduce((text, { zh }) => withoutLine(text, zh), impression);
  const missing = after.filter(({ zh }) => !kept.includes(zh)).map(({ zh }) => zh);
  return [kept.trimEnd(), ...missing].filter(Boolean).join('\n');
}

const withoutLine = (text: string, sentence: string): string =>
  text
    .split('\n')
    .filter((line) => line.replace(/^\s*\d+[.、]\s*/, '').trim() !== sentence)
    .join('\n');

/** Whether there is something in the impression that no coded sentence says. */
export function hasOwnWords(impression: string, said: readonly Said[]): boolean {
  const rest = said.reduce((text, { zh }) => text.replace(zh, ''), impression);
  return /[^\s\d.、。；;，,]/u.test(rest);
}

export interface Verdict {
  positive: boolean | null;
  critical: boolean;
  criticalText: string | null;
}

/** What the coded sentences say of the report by themselves; a proposal that the doctor signs or changes. */
export function verdictOf(said: readonly Said[], library: readonly StatementView[]): Verdict {
  const known = said.flatMap(({ code }) => library.find((one) => one.code === code) ?? []);
  const critical = said.filter(({ code }) => known.some((one) => one.code === code && one.critical));
  return {
    positive: said.length === 0 ? null : known.length < said.length || known.some(({ positive }) => positive),
    critical: critical.length > 0,
    criticalText:
      critical
        .map(({ zh }) => zh)
        .join('；')
        .slice(0, 500) || null,
  };
}
