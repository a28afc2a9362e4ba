import {
  criticalTerms,
  organsOf,
  regions,
  sideWords,
  type WarningCode,
  warningNames,
  warningTexts,
} from './report-warning-words.ts';

export interface ReportFacts {
  findings: string;
  impression: string;
  advice: string;
  positive: boolean | null;
  critical: boolean;
  criticalText: string | null;
  /** What was critical in the version that is out, if it was. */
  criticalBefore?: string | null;
  sex: string;
  exams: ReadonlyArray<{ bodyPart: string; examName: string; laterality: string | null }>;
  /** What the writer had before him, and what there is now. */
  evidence: readonly StudyRevision[];
  studies: readonly StudyRevision[];
}
export interface StudyRevision {
  studyId: string;
  revision: number;
}
export interface ReportWarning {
  code: WarningCode;
  text: string;
}
type Language = keyof typeof warningTexts;

/**
 * What the signer should look at again: the text against the order, the patient and the images.
 * Warnings never block: words are only a hint, and the judgement is the signer's.
 */
export function reportWarnings(facts: ReportFacts, language: Language): ReportWarning[] {
  const warn = (code: WarningCode, ...found: string[]): ReportWarning => ({
    code,
    text: warningTexts[language][code].replace(/\{(\d)\}/g, (_, at) => found[Number(at)] ?? ''),
  });
  const names = warningNames[language];
  const text = `${facts.findings}\n${facts.impression}\n${facts.advice}`;
  return [
    ...sides(facts, text).map(([side, found]) => warn('side-mismatch', names[side], found)),
    ...organs(facts, text).map(([sex, found]) => warn('organ-mismatch', names[sex], found)),
    ...bodyParts(facts, text).map(([wanted, found]) => warn('body-part', wanted, found)),
    ...lateImages(facts).map((count) => warn('late-images', String(count))),
    ...critical(facts, text).map(([code, found]) => warn(code, found)),
    ...(facts.criticalBefore && !facts.critical ? [warn('critical-dropped', facts.criticalBefore)] : []),
    ...polarity(facts).map(([marked, found]) => warn('polarity', names[marked], found)),
    ...unfilled(text).map((found) => warn('unfilled', found)),
  ];
}

/** Only where every exam is of one and the same side: a chest beside it may name both. */
function sides({ exams }: ReportFacts, text: string): Array<['left' | 'right', string]> {
  const wanted = new Set(exams.map((exam) => exam.laterality));
  const [side] = wanted;
  if (wanted.size !== 1 || (side !== 'left' && side !== 'right')) return [];
  const found = firstMatch(sideWords[side === 'left' ? 'right' : 'left'], text);
  return found ? [[side, around(text, found.index)]] : [];
}

function organs({ sex }: ReportFacts, text: string): Array<['male' | 'female', string]> {
  if (sex !== 'male' && sex !== 'female') return [];
  const found = firstMatch(organsOf[sex === 'male' ? 'female' : 'male'], text);
  return found ? [[sex, found[0]]] : [];
}

/** Speaks of some region, but of none that was asked for. Body parts that belong to no known region say nothing. */
function bodyParts({ exams }: ReportFacts, text: string): Array<[string, string]> {
  const wanted = regions.filter(({ parts }) => exams.some((exam) => parts.includes(exam.bodyPart)));
  if (wanted.length === 0 || wanted.some(({ words }) => words.test(text))) return [];
  const other = regions.map(({ words }) => words.exec(text)?.[0]).find((word) => word !== undefined);
  return other ? [[exams.map((exam) => exam.examName).join('、'), other]] : [];
}

function lateImages({ evidence, studies }: ReportFacts): number[] {
  const seen = new Map(evidence.map(({ studyId, revision }) => [studyId, revision]));
  const changed = studies.filter(({ studyId, revision }) => (seen.get(studyId) ?? 0) < revision);
  return changed.length > 0 ? [changed.length] : [];
}

function critical(facts: ReportFacts, text: string): Array<[WarningCode, string]> {
  const terms = [...text.matchAll(criticalTerms)];
  if (!facts.critical) {
    const stated = terms.find((term) => !isNegated(text, term.index));
    return stated ? [['critical-unmarked', stated[0]]] : [];
  }
  const named = facts.criticalText?.trim() ?? '';
  if (named === '') return [];
  const at = text.indexOf(named);
  if (at >= 0 && isNegated(text, at)) return [['critical-negated', named]];
  const terse = [...named.matchAll(criticalTerms)].map((term) => term[0]);
  const denied = terse.find((word) => text.includes(word) && occurrences(text, word).every((i) => isNegated(text, i)));
  if (denied) return [['critical-negated', denied]];
  const isWritten = at >= 0 || terse.some((word) => facts.impression.includes(word));
  return terse.length > 0 && !isWritten ? [['critical-absent', named]] : [];
}

const nothingFound = /未见(?:明[确显])?异常|未见明[确显]病变|\bno (?:acute )?abnormalit|\bnormal study\b/iu;
const statesFinding =
  /骨折|炎症|肺炎|积液|占位|结节|梗死|出血|结石|脱位|气胸|梗阻|fracture|pneumonia|effusion|nodule/giu;

function polarity({ positive, impression }: ReportFacts): Array<['positive' | 'negative', string]> {
  if (positive === null) return [];
  const stated = [...impression.matchAll(statesFinding)].find((word) => !isNegated(impression, word.index));
  const nothing = nothingFound.exec(impression)?.[0];
  if (positive && nothing && !stated) return [['positive', nothing]];
  return !positive && stated ? [['negative', stated[0]]] : [];
}

const placeholder = /【\s*】|【[^】]*(?:部位|侧别|姓名|时间|\/)[^】]*】|_{3,}/gu;
const unfilled = (text: string): string[] => {
  const found = [...new Set([...text.matchAll(placeholder)].map((match) => match[0]))];
  return found.length > 0 ? [found.slice(0, 5).join(' ')] : [];
};

const denial = /未见|未发现|未显示|未探及|排除|否认|除外|不考虑|(?<!有)无|\bno\b|\bwithout\b|\bexcluded?\b|\bnot\b/iu;
const clauseEnd = /[，。；！？,.;!?\n]/u;

/** A word is denied by 未见, 无 and their like before it in the same clause: 未见出血、梗死及占位 denies all three. */
function isNegated(text: string, index: number): boolean {
  let start = index;
  while (start > 0 && !clauseEnd.test(text[start - 1] ?? '')) start--;
  return denial.test(text.slice(start, index));
}

const firstMatch = (words: RegExp, text: string) => text.matchAll(words).next().value;
const around = (text: string, at: number): string =>
  text
    .slice(Math.max(0, at - 2), at + 6)
    .replace(/\s+/g, ' ')
    .trim();

function occurrences(text: string, word: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) found.push(at);
  return found;
}
