import { DeliveryState } from '@lianzhen/contracts/delivery.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Page } from '../../ui/page.tsx';
import { Records } from '../../ui/records.tsx';
import { Attempts } from './attempts.tsx';
import { DeliveryTabs } from './delivery-tabs.tsx';
import { LedgerFilters } from './ledger-filters.tsx';
import { LedgerCard, useLedgerColumns } from './ledger-row.tsx';
import { useDeliveryText } from './texts.ts';

type Row = Outputs['delivery']['list']['rows'][number];
const pageSize = 30;

/** Every result by every facility: on its way, accepted, refused and why. */
export function LedgerScreen() {
  const t = useDeliveryText();
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
  return (
    <Page title={t('ledger')}>
      <DeliveryTabs />
      <LedgerFilters counts={found.data?.counts ?? {}} />
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
