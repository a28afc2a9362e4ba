import { Radio } from 'antd';
import type { Outputs } from '../../api/client.ts';
import { useNames } from '../../api/vocabulary.ts';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useFieldName } from './differences.tsx';
import { useImagingText } from './texts.ts';

export type Attachable = Outputs['imaging']['attachable']['rows'][number];

interface AttachChoiceProps {
  exams: readonly Attachable[];
  chosen: string | undefined;
  onChoose: (exam: Attachable) => void;
}

/** The exams to choose from: whom each is for, and whether the images say the same. */
export function AttachChoice({ exams, chosen, onChoose }: AttachChoiceProps) {
  const t = useImagingText();
  return (
    <Radio.Group className="attach-choice" aria-label={t('attach-title')} value={chosen}>
      {exams.map((exam) => (
        <Radio key={exam.id} value={exam.id} onChange={() => onChoose(exam)} data-testid="attachable">
          <Exam exam={exam} />
        </Radio>
      ))}
    </Radio.Group>
  );
}

function Exam({ exam: { examName, accessionNumber, hasImages, order, patient, differences } }: { exam: Attachable }) {
  const t = useImagingText();
  const names = useNames();
  const fieldName = useFieldName();
  const who = [names('sex', patient.sex), patient.birthDate, ...patient.identifiers].filter(Boolean);
  const what = [examName, accessionNumber, order.facilityName, shortTime(order.submittedAt)];
  const unlike = differences.map(({ field }) => fieldName(field)).join(t('list-comma'));
  return (
    <>
      <strong>{patient.name}</strong> {who.join(' · ')}
      <div>
        <ToneTag tone={unlike ? 'bad' : 'good'}>
          {unlike ? t('attach-unlike', { fields: unlike }) : t('attach-like')}
        </ToneTag>
        {hasImages && <ToneTag tone="warn">{t('attach-has-images')}</ToneTag>}
      </div>
      <div className="muted">{what.join(' · ')}</div>
    </>
  );
}
