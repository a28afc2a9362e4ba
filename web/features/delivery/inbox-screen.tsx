import { countText } from '@lianzhen/contracts/fields.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { Pagination, Switch } from 'antd';
import { ask } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Page } from '../../ui/page.tsx';
import { DeliveryTabs } from './delivery-tabs.tsx';
import { InboxRow } from './inbox-row.tsx';
import { useDeliveryText } from './texts.ts';

const pageSize = 20;

/** What came back for my facility: unread results first, then the rest by time. */
export function InboxScreen() {
  const may = useMay();
  // Who only watches over deliveries has no inbox of their own.
  return may('report:read') ? <Inbox /> : <Navigate to="/delivery/ledger" replace />;
}

function Inbox() {
  const t = useDeliveryText();
  const navigate = useNavigate();
  const { page, unread } = useSearch({ from: '/delivery' });
  const isUnreadOnly = unread === 'true';
  const waiting = useQuery(ask('delivery', 'inbox', { unread: 'true', page: 1, pageSize: 50 }));
  const all = useQuery({
    ...ask('delivery', 'inbox', { page, pageSize, ...(isUnreadOnly ? { unread: 'true' } : {}) }),
    placeholderData: keepPreviousData,
  });
  return (
    <Page
      title={t('inbox')}
      note={waiting.data && waiting.data.unread > 0 && t('unread', { n: countText(waiting.data.unread) })}
      actions={
        <>
          <span>{t('unreadOnly')}</span>
          <Switch
            aria-label={t('unreadOnly')}
            checked={isUnreadOnly}
            onChange={(next) =>
              void navigate({ to: '/delivery', search: { page: 1, ...(next ? { unread: 'true' } : {}) } })
            }
          />
        </>
      }
    >
      <DeliveryTabs />
      <Loaded query={all}>
        {(found) => {
          const first = page === 1 ? (waiting.data?.rows ?? []) : [];
          const ids = new Set(first.map((row) => row.id));
          const rows = [...first, ...found.rows.filter((row) => !ids.has(row.id))];
          if (!rows.length) return <Nothing text={t(isUnreadOnly ? 'allRead' : 'noResults')} />;
          return (
            <>
              {rows.map((row) => (
                <InboxRow key={row.id} row={row} />
              ))}
              <Pagination
                className="records-pages"
                current={page}
                pageSize={pageSize}
                total={found.total}
                hideOnSinglePage
                showSizeChanger={false}
                onChange={(next) => void navigate({ to: '/delivery', search: (old) => ({ ...old, page: next }) })}
              />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
