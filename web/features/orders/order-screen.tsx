import { kindsForImages } from '@lianzhen/contracts/orders.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { ComponentType } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useColon, useLanguage } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { ageText, shortTime } from '../../ui/time.ts';
import { ExamsPanel } from './exams-panel.tsx';
import { UrgencyTag } from './order-state.tsx';
import { ProgressPanel } from './progress-panel.tsx';
import { OrderTimeline, RequestPanel } from './request-panel.tsx';
import { Result } from './result.tsx';
import { SupplementPanel } from './supplement-panel.tsx';
import { useOrdersText } from './texts.ts';
import { WithdrawButton } from './withdraw-button.tsx';
import './orders.css';

type Order = Outputs['orders']['read'];

interface OrderScreenProps {
  /** The recordings of a request for an electrocardiogram; brought by the page that joins the words. */
  Traces?: ComponentType<{ orderId: string }>;
}

/** One request from sending to answer: where it is, its result, and what can still be done. */
export function OrderScreen({ Traces }: OrderScreenProps) {
  const { orderId } = useParams({ from: '/orders/$orderId' });
  const t = useOrdersText();
  const may = useMay();
  const read = useQuery(ask('orders', 'read', { id: orderId }));
  const order = read.data;
  return (
    <Page
      title={order ? <Title order={order} /> : t('orders')}
      note={order && `${order.number} · ${order.centreName}`}
      actions={order && may('order:write') && <WithdrawButton order={order} />}
    >
      <Loaded query={read}>
        {(data) => (
          <>
            <Notices order={data} />
            <ProgressPanel progress={data.progress} />
            {data.latestVersionId && <Result versionId={data.latestVersionId} />}
            <div className="split no-print">
              <div>
                <ExamsPanel order={data} />
                {data.line === 'ecg' && Traces && <Traces orderId={data.id} />}
                <RequestPanel order={data} />
              </div>
              <div>
                <SupplementPanel order={data} />
                <OrderTimeline order={data} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Title({ order }: { order: Order }) {
  const names = useNames();
  const language = useLanguage();
  return (
    <>
      <Link to="/patients/$patientId" params={{ patientId: order.patient.id }}>
        {order.patient.name}
      </Link>{' '}
      <small className="muted">
        {names('sex', order.patient.sex)} {ageText(order.patient.birthDate, language)}
      </small>{' '}
      <small>
        <UrgencyTag urgency={order.urgency} />
      </small>
    </>
  );
}

function Notices({ order }: { order: Order }) {
  const t = useOrdersText();
  const names = useNames();
  const colon = useColon();
  const isForImages = order.returnedKind !== null && kindsForImages.includes(order.returnedKind);
  if (order.state === 'returned')
    return (
      <Alert
        className="notice no-print"
        type="error"
        showIcon
        title={t('returnedTitle')}
        description={
          <>
            {order.returnedKind && <b>{names('returnKind', order.returnedKind)}</b>}
            <div className="keep-lines">{order.returnedReason}</div>
            <div>{t(isForImages ? 'returnedImagesNote' : 'returnedNote')}</div>
          </>
        }
      />
    );
  if (order.state === 'withdrawn')
    return (
      <Alert
        className="notice no-print"
        type="info"
        showIcon
        title={t('withdrawn')}
        description={order.withdrawnReason && `${t('withdrawnReason')}${colon}${order.withdrawnReason}`}
      />
    );
  if (order.hasLateImages && order.progress.step === 'reported')
    return (
      <Alert
        className="notice no-print"
        type="warning"
        showIcon
        title={t('lateTitle')}
        description={t('lateNote')}
        data-testid="late-images"
      />
    );
  if (!order.supplementAskedAt) return null;
  return (
    <Alert
      className="notice no-print"
      type="warning"
      showIcon
      title={t('supplementAsked', { at: shortTime(order.supplementAskedAt) })}
    />
  );
}
