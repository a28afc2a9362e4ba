import type { Outputs } from '../../api/client.ts';
import { useListComma } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useConsultationText } from './texts.ts';

type Expert = Outputs['consultation']['experts'][number];

/** An expert in two lines: who, of what rank and hospital, there now or when; and why not, where he cannot be invited. */
export function ExpertLine({ expert }: { expert: Expert }) {
  const t = useConsultationText();
  const names = useNames();
  const comma = useListComma();
  const { nextOnDutyAt, lacks } = expert;
  const off = nextOnDutyAt ? t('nextDuty', { at: shortTime(nextOnDutyAt) }) : t('offDuty');
  return (
    <>
      <span className="strong">{expert.name}</span> {names('title', expert.title)} ·{' '}
      {names('specialty', expert.specialty)} · {expert.facility.name}{' '}
      <ToneTag tone={expert.isOnDuty ? 'good' : 'quiet'}>{expert.isOnDuty ? t('onDuty') : off}</ToneTag>
      <div className="muted">
        {lacks.length > 0 ? lacks.map((lack) => names('expertLack', lack)).join(comma) : expert.introduction}
        {lacks.length === 0 && expert.licenceNumber && <span className="num"> {expert.licenceNumber}</span>}
      </div>
    </>
  );
}
