import { PlusOutlined } from '@ant-design/icons';
import { OrderState } from '@lianzhen/contracts/orders.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import type { Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Page } from '../../ui/page.tsx';
import { Records } from '../../ui/records.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { useKeys } from '../../ui/use-keys.ts';
import { DraftsPanel } from './drafts-panel.tsx';
import { OrderCard, useOrderColumns } from './order-row.tsx';
import { useOrdersText } from './texts.ts';
import './orders.css';

export type OrderRowView = Outputs['orders']['list']['rows'][number];
const pageSize = 20;

/** What my facility has asked for, newest first, changing as it moves on. */
export function OrdersScreen() {
  const t = useOrdersText();
  const may = useMay();
  const navigate = useNavigate();
  const { q, page, state } = useSearch({ from: '/orders' });
  const chosen = OrderState.safeParse(state).data;
  const found = useQuery({
    ...ask('orders', 'list', { q, page, pageSize, ...(chosen ? { state: [chosen] } : {}) }),
    placeholderData: keepPreviousData,
  });
  const columns = useOrderColumns();
  const canWrite = may('order:write');
  const begin = () => void navigate({ to: '/orders/new' });
  useKeys(canWrite ? { n: begin } : {});
  const isFiltered = q !== '' || chosen !== undefined;
  return (
    <Page
      title={t('orders')}
      actions={
        canWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={begin} data-testid="new-order">
            {t('newOrder')} <kbd>n</kbd>
          </Button>
        )
      }
    >
      {canWrite && <DraftsPanel />}
      <OrderFilters />
      {found.error && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {(found.data || !found.error) && (
        <Records<OrderRowView>
          rows={found.data?.rows}
          total={found.data?.total ?? 0}
          page={page}
          pageSize={pageSize}
          onPage={(next) => void navigate({ to: '/orders', search: (old) => ({ ...old, page: next }) })}
          rowKey={(row) => row.id}
          columns={columns}
          card={(row) => <OrderCard row={row} />}
          onOpen={(row) => void navigate({ to: '/orders/$orderId', params: { orderId: row.id } })}
          rowProps={(row) => ({ 'data-testid': 'order-row', 'data-order-id': row.id, 'data-state': row.state })}
          empty={<Nothing text={t(isFiltered ? 'noOrdersFound' : 'noOrders')} />}
        />
      )}
    </Page>
  );
}

/** Narrows the list; what is chosen stands in the address. */
function OrderFilters() {
  const t = useOrdersText();
  const names = useNames();
  const navigate = useNavigate();
  const { q, state } = useSearch({ from: '/orders' });
  return (
    <div className="bar">
      <SearchBox
        value={q}
        placeholder={t('searchOrders')}
        onSearch={(next) =>
          void navigate({ to: '/orders', search: (old) => ({ ...old, q: next, page: 1 }), replace: true })
        }
      />
      <Segmented
        aria-label={t('state')}
        value={state ?? ''}
        onChange={(next) =>
          void navigate({ to: '/orders', search: (old) => ({ ...old, page: 1, state: next || undefined }) })
        }
        options={[
          { value: '', label: t('allStates') },
          ...OrderState.options.map((value) => ({ value, label: names('orderState', value) })),
        ]}
      />
    </div>
  );
}
