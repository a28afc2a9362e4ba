import { useAside, useLanguage, useListComma } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { ageText } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { AnswerClock } from './answer-clock.tsx';
import type { Row } from './consultation.ts';
import { StateTag } from './state-tag.tsx';
import { useConsultationText } from './texts.ts';
import { whenText } from './when-text.ts';

export function Person({ row }: { row: Pick<Row, 'patient'> }) {
  const names = useNames();
  const language = useLanguage();
  const { name, sex, birthDate } = row.patient;
  return (
    <>
      <span className="strong">{name}</span>{' '}
      <span className="muted">
        {names('sex', sex)} {ageText(birthDate, language)}
      </span>
    </>
  );
}

/** Who is asked: the expert, or the hospital where it decides. */
function Invited({ row }: { row: Row }) {
  const aside = useAside();
  const comma = useListComma();
  return row.invited
    .filter(({ state }) => state !== 'superseded')
    .map(({ expertName, facilityName }) => (expertName ? `${expertName}${aside(facilityName)}` : facilityName))
    .join(comma);
}

function Urgent({ row }: { row: Row }) {
  const names = useNames();
  if (row.urgency === 'routine') return null;
  return <ToneTag tone={row.urgency === 'emergency' ? 'bad' : 'warn'}>{names('urgency', row.urgency)}</ToneTag>;
}

const owesAnswer = (row: Row): row is Row & { dueAt: string } =>
  row.dueAt !== null && (row.state === 'submitted' || row.state === 'supplement-asked');

export function useConsultationColumns() {
  const t = useConsultationText();
  const names = useNames();
  return [
    {
      title: t('state'),
      render: (_: unknown, row: Row) => (
        <div>
          <StateTag state={row.state} />
          {owesAnswer(row) && (
            <div>
              <AnswerClock dueAt={row.dueAt} />
            </div>
          )}
        </div>
      ),
    },
    {
      title: t('patient'),
      render: (_: unknown, row: Row) => (
        <div>
          <Person row={row} /> <Urgent row={row} />
          <div className="muted num">{row.number}</div>
        </div>
      ),
    },
    { title: t('specialty'), render: (_: unknown, row: Row) => names('specialty', row.specialty) },
    { title: t('when'), render: (_: unknown, row: Row) => <span className="num">{whenText(row, t)}</span> },
    {
      title: t('who'),
      render: (_: unknown, row: Row) => (
        <span className="invited">
          <Invited row={row} />
        </span>
      ),
    },
    {
      title: t('from'),
      render: (_: unknown, row: Row) => (
        <span>
          {row.requestingFacility.name} <span className="muted">{row.requesterName}</span>
        </span>
      ),
    },
  ];
}

export function ConsultationCard({ row }: { row: Row }) {
  const t = useConsultationText();
  const names = useNames();
  return (
    <>
      <div className="spread">
        <span>
          <Person row={row} /> <Urgent row={row} />
        </span>
        <StateTag state={row.state} />
      </div>
      <div className="spread">
        <span>
          {names('specialty', row.specialty)} · <span className="num">{whenText(row, t)}</span>
        </span>
        {owesAnswer(row) && <AnswerClock dueAt={row.dueAt} />}
      </div>
      <div className="muted">
        {row.requestingFacility.name} → <Invited row={row} />
      </div>
    </>
  );
}
