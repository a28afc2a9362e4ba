import { DeliveryState } from '@lianzhen/contracts/delivery.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Alert, Button, Segmented } from 'antd';
import type { Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Page } from '../../ui/page.tsx';
import { Records } from '../../ui/records.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { Attempts } from './attempts.tsx';
import { DeliveryTabs } from './delivery-tabs.tsx';
import { LedgerCard, useLedgerColumns } from './ledger-row.tsx';
import { useDeliveryText } from './texts.ts';

type Row = Outputs['delivery']['list']['rows'][number];
const pageSize = 30;

/** Every result by every facility: on its way, accepted, refused and why. */
export function LedgerScreen() {
  const t = useDeliveryText();
  const names = useNames();
  const navigate = useNavigate();
  const { q, page, state, orderId, versionId } = useSearch({ from: '/delivery/ledger' });
  const chosen = DeliveryState.safeParse(state).data;
  const found = useQuery({
    ...ask('delivery', 'list', {
      q,
      page,
      pageSize,
      ...(chosen ? { state: [chosen] } : {}),
      ...(orderId ? { orderId } : {}),
      ...(versionId ? { versionId } : {}),
    }),
    placeholderData: keepPreviousData,
  });
  const columns = useLedgerColumns();
  const counts = found.data?.counts ?? {};
  const count = (name: string) => (counts[name] ? ` ${counts[name]}` : '');
  return (
    <Page title={t('ledger')}>
      <DeliveryTabs />
      {(orderId || versionId) && (
        <Alert
          className="notice"
          type="info"
          title={t('filtered')}
          action={
            <Button size="small" onClick={() => void navigate({ to: '/delivery/ledger' })}>
              {t('showAll')}
            </Button>
          }
        />
      )}
      <div className="bar">
        <SearchBox
          value={q}
          placeholder={t('searchLedger')}
          onSearch={(next) =>
            void navigate({ to: '/delivery/ledger', search: (old) => ({ ...old, q: next, page: 1 }), replace: true })
          }
        />
        <Segmented
          value={chosen ?? ''}
          onChange={(next) =>
            void navigate({ to: '/delivery/ledger', search: (old) => ({ ...old, page: 1, state: next || undefined }) })
          }
          options={[
            { value: '', label: t('all') },
            ...DeliveryState.options.map((value) => ({
              value,
              label: `${names('deliveryState', value)}${count(value)}`,
            })),
          ]}
        />
      </div>
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {(found.data || !found.error) && (
        <Records<Row>
          rows={found.data?.rows}
          total={found.data?.total ?? 0}
          page={page}
          pageSize={pageSize}
          onPage={(next) => void navigate({ to: '/delivery/ledger', search: (old) => ({ ...old, page: next }) })}
          rowKey={(row) => row.id}
          columns={columns}
          card={(row) => <LedgerCard row={row} />}
          expand={(row) => <Attempts row={row} />}
          rowProps={(row) => ({
            'data-testid': 'delivery-row',
            'data-facility': row.facility.code,
            'data-state': row.state,
            'data-order-id': row.orderId,
          })}
          empty={<Nothing text={t('noDeliveries')} />}
        />
      )}
    </Page>
  );
}
