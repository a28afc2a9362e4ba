import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { ask } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { Loaded } from '../../ui/loaded.tsx';
import { Panel } from '../../ui/page.tsx';
import { TimesPanel } from './green-channel/times-panel.tsx';
import { useEcgText } from './texts.ts';
import { HitLine } from './trace/hit-line.tsx';
import { QualityTags } from './trace/quality-tags.tsx';
import { RepeatLinks } from './trace/repeat-links.tsx';
import { TraceName } from './trace/trace-name.tsx';
import './ecg.css';

/** On the page of a request for an electrocardiogram: its recordings, the way to send one, the times of the green channel. */
export function OrderTraces({ orderId }: { orderId: string }) {
  const t = useEcgText();
  const may = useMay();
  const traces = useQuery(ask('ecg', 'list', { orderId, pageSize: 50 }));
  return (
    <>
      <Panel
        title={t('traces')}
        extra={
          may('study:send') && (
            <Link to="/ecg" search={{ order: orderId }} data-testid="send-ecg">
              <Button size="small" type="primary" ghost>
                {t('sendForOrder')}
              </Button>
            </Link>
          )
        }
      >
        <Loaded query={traces} rows={2}>
          {({ rows }) =>
            rows.length === 0 ? (
              <p className="muted">{t('noTraces')}</p>
            ) : (
              <ul className="ecg-order-traces">
                {rows.map((row) => (
                  <li key={row.id} data-testid="order-trace" data-trace-id={row.id}>
                    <Link to="/ecg/$traceId" params={{ traceId: row.id }}>
                      <TraceName row={row} />
                    </Link>{' '}
                    <QualityTags row={row} /> <RepeatLinks row={row} />
                    <HitLine hits={row.critical} />
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Panel>
      <TimesPanel orderId={orderId} />
    </>
  );
}
