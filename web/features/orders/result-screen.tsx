import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { ask } from '../../api/queries.ts';
import { Page } from '../../ui/page.tsx';
import { Result } from './result.tsx';
import { useOrdersText } from './texts.ts';
import './orders.css';

/** A result by itself, for whoever receives it without having asked for it. */
export function ResultScreen() {
  const t = useOrdersText();
  const { versionId } = useParams({ from: '/results/$versionId' });
  const version = useQuery(ask('reporting', 'version', { id: versionId }));
  const order = version.data?.content.order;
  return (
    <Page
      title={version.data ? `${version.data.content.patient.name} ${t('result')}` : t('result')}
      note={order?.number}
      actions={
        order && (
          <Link to="/orders/$orderId" params={{ orderId: order.id }}>
            {t('openOrder')}
          </Link>
        )
      }
    >
      <Result versionId={versionId} />
    </Page>
  );
}
