import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { ask } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Page, Panel } from '../../ui/page.tsx';
import { useTraceView } from './desk/use-case-traces.ts';
import { SendPanel } from './send/send-panel.tsx';
import { TraceAnswer } from './send/trace-answer.tsx';
import { useEcgText } from './texts.ts';
import { TraceList } from './trace/trace-list.tsx';
import { TraceViewer } from './trace/trace-viewer.tsx';
import './ecg.css';

const route = getRouteApi('/ecg');
const pageSize = 20;

/** Where electrocardiograms are recorded: send one, hear at once how good it is, see what became of the others. */
export function EcgScreen() {
  const t = useEcgText();
  const { trace, order, replaces, page = 1 } = route.useSearch();
  const navigate = route.useNavigate();
  const list = useQuery({ ...ask('ecg', 'list', { page, pageSize }), placeholderData: keepPreviousData });
  /** The recording that was sent last, where it was sent for a request. */
  const [forOrder, setForOrder] = useState<string>();
  const repeat = (traceId: string, orderId: string | null) =>
    void navigate({ search: { replaces: traceId, order: orderId ?? undefined } });
  return (
    <Page title={t('title')} note={t('note')}>
      <div className={trace ? 'ecg-page ecg-page-open' : 'ecg-page'}>
        <SendPanel
          key={replaces ?? ''}
          orderId={order}
          replaces={replaces}
          onStart={() => void navigate({ search: (now) => ({ ...now, trace: undefined }), replace: true })}
          onOrder={(next) => void navigate({ search: (now) => ({ ...now, order: next }), replace: true })}
          onTaken={(id, { orderId }) => {
            setForOrder(orderId === undefined ? undefined : id);
            void navigate({ search: (now) => ({ order: now.order, trace: id }) });
          }}
        />
        {trace && (
          <Answer
            key={trace}
            traceId={trace}
            isSentForOrder={trace === forOrder}
            // The bad one may not have been linked yet; its repeat is for the same request.
            onRepeat={(orderId) => repeat(trace, orderId ?? (trace === forOrder ? (order ?? null) : null))}
          />
        )}
      </div>
      <Panel title={t('ownTraces')}>
        {list.error && !list.data && <Failure error={list.error} onRetry={() => void list.refetch()} />}
        <TraceList
          rows={list.data?.rows}
          total={list.data?.total ?? 0}
          page={page}
          pageSize={pageSize}
          onPage={(next) => void navigate({ search: (now) => ({ ...now, page: next }) })}
        />
      </Panel>
    </Page>
  );
}

interface AnswerProps {
  traceId: string;
  isSentForOrder: boolean;
  onRepeat: (orderId: string | null) => void;
}

function Answer({ traceId, isSentForOrder, onRepeat }: AnswerProps) {
  const t = useEcgText();
  const view = useTraceView(traceId);
  return (
    <Panel
      className="ecg-answer"
      title={t('answerTitle')}
      extra={
        <Link to="/ecg/$traceId" params={{ traceId }}>
          <Button size="small">{t('openLarge')}</Button>
        </Link>
      }
    >
      <Loaded query={view}>
        {(data) => (
          <>
            <TraceAnswer view={data} isSentForOrder={isSentForOrder} onRepeat={() => onRepeat(data.orderId)} />
            <div className="ecg-glance">
              <TraceViewer view={data} mode="glance" />
            </div>
          </>
        )}
      </Loaded>
    </Panel>
  );
}
