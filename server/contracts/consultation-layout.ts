import { instantText } from './report-dates.ts';
import type { ReportWords } from './report-words.ts';
import type { ReportContent } from './reporting.ts';

/** One line of a block of facts; what is not known has no line. */
export type Row = [key: string, label: string, value: string | null, isWide?: boolean];
type Session = NonNullable<ReportContent['consultation']>;

/** A word of a closed list in the reader's language; a value that is not in the list is shown as it is. */
export const named = (list: Readonly<Record<string, string>>, value: string): string =>
  (Object.hasOwn(list, value) && list[value]) || value;

/** Name, title and licence, as they were when it was signed. */
export function signerText({ name, title, licenceNumber }: ReportContent['writer'], words: ReportWords): string {
  const titles: Record<string, string> = words.professional;
  return [name, title && (titles[title] ?? title), licenceNumber].filter(Boolean).join(' ');
}

/** Who asked for the consultation, and for what. */
export function askedFacts({ order }: ReportContent, session: Session, words: ReportWords, timeZone: string): Row[] {
  const { labels, consultation } = words;
  return [
    ['orderNumber', consultation.labels.number, order.number],
    ['urgency', labels.urgency, named(words.urgency, order.urgency)],
    ['requestingFacility', labels.requestingFacility, order.requestingFacility.name],
    ['requester', labels.requester, order.requester],
    ['submittedAt', labels.submittedAt, instantText(order.submittedAt, timeZone)],
    ['diagnosis', labels.diagnosis, `${order.diagnosisCode} ${order.diagnosisText}`.trim(), true],
    ['reason', consultation.labels.reason, session.reason, true],
    ['purpose', consultation.labels.purpose, order.purpose, true],
    ['history', consultation.labels.history, order.history, true],
  ];
}

/** When it was held, by whom, with whom. */
export function sessionFacts(session: Session, words: ReportWords, timeZone: string): Row[] {
  const { labels, kinds, minutes } = words.consultation;
  const people = (all: ReadonlyArray<{ name: string; facilityName: string }>) =>
    all.map(({ name, facilityName }) => [name, facilityName].filter(Boolean).join(' ')).join('；');
  const experts = session.experts.map((expert) => `${signerText(expert, words)} ${expert.facilityName}`);
  return [
    ['kind', labels.kind, named(kinds, session.kind)],
    ['specialty', labels.specialty, session.specialty],
    ['startedAt', labels.startedAt, session.startedAt && instantText(session.startedAt, timeZone)],
    ['endedAt', labels.endedAt, session.endedAt && instantText(session.endedAt, timeZone)],
    ['duration', labels.duration, session.startedAt && minutes(session.durationSeconds)],
    ['experts', labels.experts, experts.join('；'), true],
    ['participants', labels.participants, people(session.participants), true],
  ];
}
