import { Link } from '@tanstack/react-router';
import { App, Button, type TableColumnsType, Tooltip } from 'antd';
import type { Outputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useErrorText, useNames } from '../../api/vocabulary.ts';
import { shortTime } from '../../ui/time.ts';
import { type Tone, ToneTag } from '../../ui/tone-tag.tsx';
import { useDeliveryText } from './texts.ts';

type Row = Outputs['delivery']['list']['rows'][number];
const tones: Record<Row['state'], Tone> = {
  waiting: 'quiet',
  sent: 'info',
  accepted: 'good',
  rejected: 'bad',
  failed: 'bad',
  superseded: 'quiet',
};

function State({ row }: { row: Row }) {
  const t = useDeliveryText();
  const names = useNames();
  const isAgain = row.state === 'waiting' && row.nextAttemptAt && row.attemptCount > 0;
  return (
    <>
      <ToneTag tone={tones[row.state]}>{names('deliveryState', row.state)}</ToneTag>
      {isAgain && <div className="muted num">{t('next', { at: shortTime(row.nextAttemptAt ?? '') })}</div>}
    </>
  );
}

function Answer({ row }: { row: Row }) {
  if (!row.answer) return null;
  return (
    <Tooltip title={row.answer}>
      <span className="answer">{row.answer}</span>
    </Tooltip>
  );
}

function Report({ row }: { row: Row }) {
  const t = useDeliveryText();
  return (
    <>
      <Link to="/results/$versionId" params={{ versionId: row.versionId }} className="strong">
        {row.patientName}
      </Link>{' '}
      <span className="muted num">
        {row.orderNumber} · {t('version', { n: row.versionNumber })}
        {row.isReplaced && ` · ${t('replaced')}`}
      </span>
      {row.isIdentityCorrected && <ToneTag tone="warn">{t('identityCorrected')}</ToneTag>}
    </>
  );
}

/** One click; what was accepted need not be sent again. */
function Resend({ row }: { row: Row }) {
  const t = useDeliveryText();
  const may = useMay();
  const why = useErrorText();
  const { message } = App.useApp();
  const act = useAct('delivery', 'resend', {
    onSuccess: () => void message.success(t('resent')),
    onError: (error) => void message.error(why(error.code)),
  });
  if (!may('delivery:resend') || (row.state !== 'rejected' && row.state !== 'failed')) return null;
  return (
    <Button size="small" loading={act.isPending} onClick={() => act.mutate({ id: row.id })} data-testid="resend">
      {t('resend')}
    </Button>
  );
}

const latest = (row: Row): string => row.acceptedAt ?? row.sentAt ?? row.createdAt;

export function useLedgerColumns(): TableColumnsType<Row> {
  const t = useDeliveryText();
  const names = useNames();
  return [
    { key: 'report', title: t('patient'), render: (_, row) => <Report row={row} /> },
    { key: 'facility', title: t('facility'), render: (_, row) => row.facility.name },
    {
      key: 'channel',
      title: t('channel'),
      render: (_, row) => <span title={row.destinationName}>{names('channel', row.channel)}</span>,
    },
    { key: 'state', title: t('state'), render: (_, row) => <State row={row} /> },
    { key: 'answer', title: t('answer'), render: (_, row) => <Answer row={row} /> },
    { key: 'at', title: t('at'), render: (_, row) => <span className="num">{shortTime(latest(row))}</span> },
    { key: 'resend', title: '', render: (_, row) => <Resend row={row} /> },
  ];
}

export function LedgerCard({ row }: { row: Row }) {
  const names = useNames();
  return (
    <div className="stack">
      <div>
        <Report row={row} />
      </div>
      <div className="spread">
        <span>
          {row.facility.name} <span className="muted">{names('channel', row.channel)}</span>
        </span>
        <State row={row} />
      </div>
      <Answer row={row} />
      <div className="spread">
        <span className="muted num">{shortTime(latest(row))}</span>
        <Resend row={row} />
      </div>
    </div>
  );
}
