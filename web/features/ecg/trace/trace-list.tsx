import type { TraceRow } from '@lianzhen/contracts/ecg.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import type { TableColumnsType } from 'antd';
import { useNames } from '../../../api/vocabulary.ts';
import { Nothing } from '../../../ui/nothing.tsx';
import { Records } from '../../../ui/records.tsx';
import { shortTime } from '../../../ui/time.ts';
import { ToneTag } from '../../../ui/tone-tag.tsx';
import { useEcgText } from '../texts.ts';
import { dayTime } from '../trace-time.ts';
import { QualityTags } from './quality-tags.tsx';

interface TraceListProps {
  rows: readonly TraceRow[] | undefined;
  total: number;
  page: number;
  pageSize: number;
  onPage: (page: number) => void;
}

/** Traces, the newest first: when, by what, how good, for which request. */
export function TraceList({ rows, total, page, pageSize, onPage }: TraceListProps) {
  const t = useEcgText();
  const names = useNames();
  const navigate = useNavigate();
  const columns: TableColumnsType<TraceRow> = [
    {
      title: t('recordedAt'),
      render: (_, row) => <b className="num">{row.acquiredAt ? dayTime(row.acquiredAt) : '—'}</b>,
    },
    { title: t('receivedAt'), render: (_, row) => <span className="num">{shortTime(row.receivedAt)}</span> },
    { title: t('facility'), render: (_, row) => row.facilityName },
    { title: t('format'), render: (_, row) => names('traceFormat', row.format) },
    { title: t('quality'), render: (_, row) => <QualityTags row={row} /> },
    { title: t('marks'), render: (_, row) => <Marks row={row} /> },
    { title: t('order'), render: (_, row) => <OrderOf row={row} /> },
  ];
  return (
    <Records<TraceRow>
      rows={rows}
      total={total}
      page={page}
      pageSize={pageSize}
      onPage={onPage}
      rowKey={({ id }) => id}
      rowProps={({ id, state }) => ({ 'data-testid': 'trace-row', 'data-trace-id': id, 'data-state': state })}
      columns={columns}
      onOpen={({ id }) => void navigate({ to: '/ecg/$traceId', params: { traceId: id } })}
      card={(row) => (
        <div className="stack">
          <div className="spread">
            <b className="num">{row.acquiredAt ? dayTime(row.acquiredAt) : shortTime(row.receivedAt)}</b>
            <span className="muted">{names('traceFormat', row.format)}</span>
          </div>
          <QualityTags row={row} />
          <Marks row={row} />
          <OrderOf row={row} />
        </div>
      )}
      empty={<Nothing text={t('noOwnTraces')}>{t('noOwnTracesNote')}</Nothing>}
    />
  );
}

function Marks({ row }: { row: TraceRow }) {
  const t = useEcgText();
  return (
    <span className="row ecg-tags">
      {row.critical.length > 0 && <ToneTag tone="bad">{t('hasHits')}</ToneTag>}
      {row.replacesTraceId && <ToneTag tone="quiet">{t('isRepeat')}</ToneTag>}
      {row.replacedByTraceId && <ToneTag tone="quiet">{t('wasRepeatedShort')}</ToneTag>}
    </span>
  );
}

function OrderOf({ row }: { row: TraceRow }) {
  const t = useEcgText();
  if (!row.orderId) return <span className="muted">{t('withoutOrder')}</span>;
  return (
    <Link to="/orders/$orderId" params={{ orderId: row.orderId }} className="num">
      {row.orderNumber}
    </Link>
  );
}
