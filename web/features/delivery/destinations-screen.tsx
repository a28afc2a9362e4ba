import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask } from '../../api/queries.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Nothing } from '../../ui/nothing.tsx';
import { Page } from '../../ui/page.tsx';
import { Records } from '../../ui/records.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { DeliveryTabs } from './delivery-tabs.tsx';
import { DestinationDialog } from './destination-dialog.tsx';
import { useDeliveryText } from './texts.ts';

type Destination = Outputs['delivery']['destinations'][number];

function Health({ row }: { row: Destination }) {
  const t = useDeliveryText();
  if (!row.enabled) return <ToneTag tone="quiet">{t('disabled')}</ToneTag>;
  if (row.pausedUntil && Date.parse(row.pausedUntil) > Date.now())
    return <ToneTag tone="bad">{t('paused', { at: shortTime(row.pausedUntil) })}</ToneTag>;
  if (row.failures > 0) return <ToneTag tone="warn">{t('failures', { n: row.failures })}</ToneTag>;
  return <ToneTag tone="good">{t('working')}</ToneTag>;
}

/** Where results go: each facility's channels, and how they fare. */
export function DestinationsScreen() {
  const t = useDeliveryText();
  const names = useNames();
  const all = useQuery(ask('delivery', 'destinations'));
  const [edited, setEdited] = useState<Destination | 'new'>();
  const address = (row: Destination): string =>
    String(row.config.baseUrl ?? (row.config.host ? `${row.config.host}:${row.config.port ?? ''}` : ''));
  return (
    <Page
      title={t('destinations')}
      note={t('destinationsNote')}
      actions={<Button onClick={() => setEdited('new')}>{t('newDestination')}</Button>}
    >
      <DeliveryTabs />
      <Loaded query={all}>
        {(rows) => (
          <Records<Destination>
            rows={rows}
            total={rows.length}
            page={1}
            pageSize={Math.max(rows.length, 1)}
            onPage={() => {}}
            rowKey={(row) => row.id}
            columns={[
              { key: 'facility', title: t('facility'), render: (_, row) => row.facilityName },
              { key: 'name', title: t('name'), render: (_, row) => <span className="strong">{row.name}</span> },
              { key: 'kind', title: t('kind'), render: (_, row) => names('channel', row.kind) },
              { key: 'address', render: (_, row) => <span className="muted num">{address(row)}</span> },
              { key: 'state', title: t('state'), render: (_, row) => <Health row={row} /> },
            ]}
            card={(row) => (
              <div className="stack">
                <div className="spread">
                  <span className="strong">{row.name}</span>
                  <Health row={row} />
                </div>
                <span className="muted">
                  {row.facilityName} · {names('channel', row.kind)} {address(row)}
                </span>
              </div>
            )}
            onOpen={setEdited}
            rowProps={(row) => ({ 'data-testid': 'destination-row', 'data-kind': row.kind })}
            empty={<Nothing text={t('noDestinations')} />}
          />
        )}
      </Loaded>
      {edited && (
        <DestinationDialog destination={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
    </Page>
  );
}
