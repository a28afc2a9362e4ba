import { DeliveryState } from '@lianzhen/contracts/delivery.ts';
import { countText } from '@lianzhen/contracts/fields.ts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Alert, Button, Segmented } from 'antd';
import { useNames } from '../../api/vocabulary.ts';
import { SearchBox } from '../../ui/search-box.tsx';
import { useDeliveryText } from './texts.ts';

/** Narrows the ledger; what is chosen stands in the address. @param props.counts what has not arrived, before the state is chosen */
export function LedgerFilters({ counts }: { counts: Record<string, number> }) {
  const t = useDeliveryText();
  const names = useNames();
  const navigate = useNavigate();
  const { q, state, orderId, versionId } = useSearch({ from: '/delivery/ledger' });
  const count = (name: string) => (counts[name] ? ` ${countText(counts[name])}` : '');
  return (
    <>
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
          aria-label={t('state')}
          value={state ?? ''}
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
    </>
  );
}
