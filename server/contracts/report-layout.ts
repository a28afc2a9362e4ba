import { askedFacts, named, type Row, sessionFacts, signerText } from './consultation-layout.ts';
import { ecgFacts } from './ecg-layout.ts';
import { evidenceFacts } from './evidence-layout.ts';
import { maskIdentifier } from './id-card.ts';
import { ageText, dayText, instantText } from './report-dates.ts';
import { type ReportLanguage, type ReportWords, reportWords } from './report-words.ts';
import type { ReportContent } from './reporting.ts';
import { visibleText } from './visible-text.ts';

/** A label and its value. A wide one takes the whole line: its value is often long. */
export interface Fact {
  key: string;
  label: string;
  value: string;
  isWide: boolean;
}
export type Section = { key: string; title: string } & (
  | { kind: 'facts'; facts: Fact[] }
  | { kind: 'text'; text: string }
);
export interface ReportLayout {
  facility: string;
  title: string;
  /** 临时报告 or 更正报告; empty on a first final report. */
  mark: string;
  /** What a reader must know before anything else: is replaced, replaces, critical, not reviewed yet. */
  notices: string[];
  sections: Section[];
}
export interface LayoutOptions {
  /** IANA name. Times are those of the facility, not of the machine that shows them. */
  timeZone?: string;
  /** SHA-256 of the canonical content, hexadecimal. */
  contentHash?: string;
  /** Known only where the version is shown later; a document made at signing cannot say it. */
  replacedByNumber?: number | null;
}
export const defaultTimeZone = 'Asia/Shanghai';

/**
 * The whole of a signed version in the order of reading. The screen and every printed form are made from this, so that
 * they cannot differ. All texts are safe to show: see `visibleText`. Numbers of a person are masked.
 */
export function reportLayout(
  content: ReportContent,
  language: ReportLanguage,
  options: LayoutOptions = {},
): ReportLayout {
  const words = reportWords[language];
  const notices: string[] = [];
  if (options.replacedByNumber) notices.push(words.replacedBy(options.replacedByNumber));
  const corrected = content.identityCorrection;
  if (corrected) notices.push(words.identityCorrected(instantText(corrected.at, options.timeZone ?? defaultTimeZone)));
  if (content.replacesVersion !== null) notices.push(words.replaces(content.replacesVersion));
  if (content.critical) {
    const detail = content.criticalText ? `${words.colon}${visibleText(content.criticalText)}` : '';
    notices.push(words.labels.critical + detail);
  }
  if (content.kind === 'preliminary') notices.push(words.owed);
  return {
    facility: visibleText(`${content.centre.facility.name} ${content.centre.name}`),
    title: words.titles[content.centre.line],
    mark: words.marks[content.kind],
    notices,
    sections: reportSections(content, language, options),
  };
}

/** The blocks of `reportLayout` alone. A text that is empty has no block, except findings and impression. */
export function reportSections(
  content: ReportContent,
  language: ReportLanguage,
  options: LayoutOptions = {},
): Section[] {
  const words = reportWords[language];
  const timeZone = options.timeZone ?? defaultTimeZone;
  const { consultation: session } = content;
  const text = (key: 'findings' | 'impression' | 'advice'): Section => ({
    kind: 'text',
    key,
    title: (session ? words.consultation : words.sections)[key],
    text: visibleText(content[key]),
  });
  const about = session
    ? [
        facts('order', words.consultation.order, askedFacts(content, session, words, timeZone)),
        facts('consultation', words.consultation.section, sessionFacts(session, words, timeZone)),
        ...(content.exams.some(({ studies }) => studies.length > 0)
          ? [
              facts(
                'images',
                words.labels.images,
                content.exams.flatMap((exam) => studyFacts(exam, words)),
              ),
            ]
          : []),
        ...(session.evidence
          ? [facts('evidence', words.evidence.section, evidenceFacts(session.evidence, words))]
          : []),
      ]
    : [
        facts('order', words.sections.order, orderFacts(content, words, timeZone)),
        ...content.exams.map((exam, at) => {
          const title = content.exams.length > 1 ? `${words.sections.exam} ${at + 1}` : words.sections.exam;
          return facts(`exam-${at + 1}`, title, examFacts(exam, words));
        }),
      ];
  return [
    facts('patient', words.sections.patient, patientFacts(content, words, timeZone)),
    ...about,
    ...(content.ecg ? [facts('ecg', words.ecg.section, ecgFacts(content.ecg, content.impression, words))] : []),
    text('findings'),
    text('impression'),
    ...(content.advice.trim() === '' ? [] : [text('advice')]),
    ...(session ? [] : [facts('result', words.sections.result, resultFacts(content, words))]),
    facts('signatures', words.sections.signatures, signatureFacts(content, words, timeZone)),
    facts('version', words.sections.version, versionFacts(content, words, timeZone, options.contentHash)),
  ];
}

/** What is not known has no row. */
function facts(key: string, title: string, rows: Row[]): Section {
  const known = rows.filter((row): row is [string, string, string, boolean?] => row[2] !== null && row[2] !== '');
  return {
    kind: 'facts',
    key,
    title,
    facts: known.map(([name, label, value, isWide = false]) => ({
      key: name,
      label: visibleText(label),
      value: visibleText(value),
      isWide,
    })),
  };
}

function patientFacts({ patient, order }: ReportContent, words: ReportWords, timeZone: string): Row[] {
  const { labels } = words;
  return [
    ['name', labels.name, patient.name],
    ['sex', labels.sex, words.sex[patient.sex]],
    ['age', labels.age, ageText(patient.birthDate, order.submittedAt, timeZone, words.age)],
    ['birthDate', labels.birthDate, patient.birthDate],
    ...patient.identifiers.map(
      ({ type, value }): Row => [`identifier-${type}`, named(words.identifiers, type), maskIdentifier(value)],
    ),
  ];
}

function orderFacts({ order }: ReportContent, words: ReportWords, timeZone: string): Row[] {
  const { labels } = words;
  return [
    ['orderNumber', labels.orderNumber, order.number],
    ['placerNumber', labels.placerNumber, order.placerNumber],
    ['urgency', labels.urgency, named(words.urgency, order.urgency)],
    ['requestingFacility', labels.requestingFacility, order.requestingFacility.name],
    ['department', labels.department, order.department],
    ['requester', labels.requester, order.requester],
    ['visitNumber', labels.visitNumber, order.visitNumber],
    ['submittedAt', labels.submittedAt, instantText(order.submittedAt, timeZone)],
    ['diagnosis', labels.diagnosis, `${order.diagnosisCode} ${order.diagnosisText}`.trim(), true],
    ['purpose', labels.purpose, order.purpose, true],
    ['history', labels.history, order.history, true],
  ];
}

function examFacts(exam: ReportContent['exams'][number], words: ReportWords): Row[] {
  const { labels } = words;
  return [
    ['examName', labels.examName, exam.examName],
    ['accessionNumber', labels.accessionNumber, exam.accessionNumber],
    ['modality', labels.modality, exam.modality],
    ['bodyPart', labels.bodyPart, exam.bodyPart],
    ['laterality', labels.laterality, exam.laterality && named(words.laterality, exam.laterality)],
    ...studyFacts(exam, words),
  ];
}

const studyFacts = ({ studies }: ReportContent['exams'][number], words: ReportWords): Row[] =>
  studies.flatMap((study): Row[] => [
    ['studyDate', words.labels.studyDate, dayText(study.studyDate)],
    ['images', words.labels.images, words.images(study.seriesCount, study.instanceCount)],
    ['studyInstanceUid', words.labels.studyInstanceUid, study.studyInstanceUid, true],
  ]);

function resultFacts(content: ReportContent, words: ReportWords): Row[] {
  const critical = content.critical ? words.critical : words.notCritical;
  const detail = content.critical && content.criticalText ? `${words.colon}${content.criticalText}` : '';
  return [
    ['polarity', words.labels.polarity, content.positive ? words.positive : words.negative],
    ['critical', words.labels.critical, critical + detail],
  ];
}

function signatureFacts(content: ReportContent, words: ReportWords, timeZone: string): Row[] {
  const { labels } = words;
  const { reviewer } = content;
  const own = content.consultation && words.consultation.labels;
  const unreviewed = content.signedAlone ? words.signedAlone : words.notReviewed;
  return [
    ['writer', own?.writer ?? labels.writer, signerText(content.writer, words)],
    ['writtenAt', own?.writtenAt ?? labels.writtenAt, instantText(content.submittedAt, timeZone)],
    // An opinion is its expert's own: nobody reviews it.
    ...(own && !reviewer
      ? []
      : [['reviewer', labels.reviewer, reviewer ? signerText(reviewer, words) : unreviewed] satisfies Row]),
    ['signedAt', labels.signedAt, instantText(content.signedAt, timeZone)],
  ];
}

function versionFacts(content: ReportContent, words: ReportWords, timeZone: string, hash: string | undefined): Row[] {
  const { labels } = words;
  return [
    ['version', labels.version, `${words.version(content.versionNumber)}  ${words.kinds[content.kind]}`],
    ['replaces', labels.replaces, content.replacesVersion === null ? null : words.version(content.replacesVersion)],
    ['timeZone', labels.timeZone, timeZone],
    ['amendmentReason', labels.amendmentReason, content.amendmentReason, true],
    ['reportId', labels.reportId, content.reportId, true],
    ['contentHash', labels.contentHash, hash ?? null, true],
  ];
}
