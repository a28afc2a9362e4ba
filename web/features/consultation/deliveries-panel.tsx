import { useQuery } from '@tanstack/react-query';
import { ask } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Panel } from '../../ui/page.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useConsultationText } from './texts.ts';

const toneOf = (state: string) =>
  state === 'accepted' ? 'good' : state === 'rejected' || state === 'failed' ? 'bad' : 'info';

/** Which facilities have the signed opinion. */
export function DeliveriesPanel({ versionId }: { versionId: string }) {
  const t = useConsultationText();
  const names = useNames();
  const may = useMay();
  const list = useQuery({
    ...ask('delivery', 'list', { versionId, page: 1, pageSize: 50 }),
    enabled: may('delivery:read'),
  });
  if (!may('delivery:read')) return null;
  return (
    <Panel title={t('deliveries')}>
      <Loaded query={list} rows={2}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="muted">{t('noDeliveries')}</p>
          ) : (
            rows.map((row) => (
              <div
                key={row.id}
                className="spread"
                data-testid="delivery-row"
                data-facility={row.facility.code}
                data-state={row.state}
              >
                <span>
                  {row.facility.name} <span className="muted">{names('channel', row.channel)}</span>
                </span>
                <span>
                  <ToneTag tone={toneOf(row.state)}>{names('deliveryState', row.state)}</ToneTag>{' '}
                  {row.readAt && (
                    <span className="muted num">
                      {t('acknowledged', { name: row.readByName ?? '', at: shortTime(row.readAt) })}
                    </span>
                  )}
                </span>
              </div>
            ))
          )
        }
      </Loaded>
    </Panel>
  );
}
