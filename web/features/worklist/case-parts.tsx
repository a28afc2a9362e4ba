import { useLanguage } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { ageText, shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useWorklistText } from './texts.ts';
import type { Row } from './use-open-case.ts';
import { useReader } from './use-reader.ts';

type Patient = Row['patient'];

export function PatientName({ patient }: { patient: Patient }) {
  const names = useNames();
  const language = useLanguage();
  return (
    <span className="case-patient">
      <b>{patient.name}</b>{' '}
      <span className="muted">
        {names('sex', patient.sex)} {ageText(patient.birthDate, language)}
      </span>
    </span>
  );
}

/** What is asked for; the side stands first, because a long name is cut at its end. */
export function ExamNames({ exams }: { exams: Row['exams'] }) {
  const names = useNames();
  return (
    <>
      {exams.map((exam, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two exams may be of one name, and their order is fixed.
        <span key={at} className="case-exam" title={exam.examName}>
          <span className="case-modality">{exam.modality}</span>{' '}
          {exam.laterality && <b className="case-side">{names('laterality', exam.laterality)} </b>}
          {exam.examName}
        </span>
      ))}
    </>
  );
}

/** Who holds the case and until when, unless that time has passed. */
export function Holder({ row, now }: { row: Pick<Row, 'holder'>; now: Date }) {
  const t = useWorklistText();
  const { accountId } = useReader();
  const { holder } = row;
  if (!holder || Date.parse(holder.until) <= now.getTime()) return null;
  const isMine = holder.accountId === accountId;
  return (
    <span className="case-holder" title={t('heldSince', { name: holder.name, until: shortTime(holder.until, now) })}>
      {isMine ? <b>{t('me')}</b> : holder.name}{' '}
      <span className="muted">{t(holder.purpose === 'read' ? 'reads' : 'reviews')}</span>
    </span>
  );
}

/** Of an electrocardiogram: an alarm that somebody must see, and a recording that can hardly be read. */
export function EcgMarks({ row }: { row: Pick<Row, 'alarm' | 'quality'> }) {
  const t = useWorklistText();
  const { alarm, quality } = row;
  const isOpen = alarm !== null && alarm.state !== 'closed' && alarm.state !== 'dismissed';
  return (
    <>
      {alarm && (
        <span data-testid="case-alarm" data-state={alarm.state}>
          <ToneTag tone={isOpen ? 'bad' : 'quiet'}>{t(isOpen ? 'alarmOpen' : 'alarmOver')}</ToneTag>
        </span>
      )}
      {quality === 'bad' && <ToneTag tone="warn">{t('qualityBad')}</ToneTag>}
    </>
  );
}

export function ImageCount({ row }: { row: Pick<Row, 'instanceCount' | 'hasLateImages' | 'traceCount' | 'line'> }) {
  const t = useWorklistText();
  if (row.line === 'ecg' && row.traceCount > 0)
    return <span className="num">{t('traceCount', { n: row.traceCount })}</span>;
  return (
    <span className="case-images num">
      {row.instanceCount > 0 ? t('imageCount', { n: row.instanceCount }) : <i className="muted">{t('noImages')}</i>}
      {row.hasLateImages && (
        <span data-testid="late-images">
          <ToneTag tone="warn">{t('late')}</ToneTag>
        </span>
      )}
    </span>
  );
}
