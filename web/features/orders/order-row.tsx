import type { TableColumnsType } from 'antd';
import type { Outputs } from '../../api/client.ts';
import { useLanguage, useListComma } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { ageText, shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useNow } from '../../ui/use-now.ts';
import { StepTag, UrgencyTag } from './order-state.tsx';
import { dueText } from './progress-text.ts';
import { useOrdersText } from './texts.ts';

type Row = Outputs['orders']['list']['rows'][number];

function Patient({ row }: { row: Row }) {
  const names = useNames();
  const language = useLanguage();
  return (
    <>
      <span className="strong">{row.patient.name}</span>{' '}
      <span className="muted num">
        {names('sex', row.patient.sex)} {ageText(row.patient.birthDate, language)}
      </span>
    </>
  );
}

function Where({ row }: { row: Row }) {
  const t = useOrdersText();
  return (
    <span className="row">
      <StepTag step={row.progress.step} />
      {row.hasUnreadResult && <ToneTag tone="warn">{t('unreadResult')}</ToneTag>}
    </span>
  );
}

function Due({ row }: { row: Row }) {
  const t = useOrdersText();
  const language = useLanguage();
  const now = useNow();
  const text = dueText(row.progress, now, language, t);
  return <span className={row.progress.isOverdue ? 'tone-bad' : 'muted'}>{text}</span>;
}

function Exams({ row }: { row: Row }) {
  return row.exams.map((exam) => exam.examName).join(useListComma());
}

export function useOrderColumns(): TableColumnsType<Row> {
  const t = useOrdersText();
  return [
    { key: 'patient', title: t('patient'), render: (_, row) => <Patient row={row} /> },
    {
      key: 'exams',
      title: t('exams'),
      render: (_, row) => (
        <span className="row">
          <Exams row={row} /> <UrgencyTag urgency={row.urgency} />
        </span>
      ),
    },
    { key: 'where', title: t('where'), render: (_, row) => <Where row={row} /> },
    { key: 'due', title: t('due'), render: (_, row) => <Due row={row} /> },
    {
      key: 'sentAt',
      title: t('sentAt'),
      render: (_, row) => (
        <span className="num">
          {shortTime(row.submittedAt)} <span className="muted">{row.requesterName}</span>
        </span>
      ),
    },
    { key: 'number', title: t('number'), render: (_, row) => <span className="muted num">{row.number}</span> },
  ];
}

export function OrderCard({ row }: { row: Row }) {
  return (
    <div className="stack">
      <div className="spread">
        <span>
          <Patient row={row} />
        </span>
        <UrgencyTag urgency={row.urgency} />
      </div>
      <span>
        <Exams row={row} />
      </span>
      <div className="spread">
        <Where row={row} />
        <span className="muted num">{shortTime(row.submittedAt)}</span>
      </div>
      <Due row={row} />
    </div>
  );
}
