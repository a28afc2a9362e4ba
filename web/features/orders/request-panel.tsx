import { Descriptions, Timeline } from 'antd';
import type { Outputs } from '../../api/client.ts';
import { useNames } from '../../api/vocabulary.ts';
import { Panel } from '../../ui/page.tsx';
import { fullTime, shortTime } from '../../ui/time.ts';
import { useOrdersText } from './texts.ts';

type Order = Outputs['orders']['read'];

/** The request as it was sent. */
export function RequestPanel({ order }: { order: Order }) {
  const t = useOrdersText();
  const names = useNames();
  const { consent } = order;
  const consentText = consent
    ? t('consentBy', {
        signer: consent.signer,
        relation: names('relation', consent.relation),
        method: names('consentMethod', consent.method),
        at: shortTime(consent.givenAt),
      })
    : t('noConsent');
  const rows: [label: string, value: string | null][] = [
    [t('purpose'), order.purpose],
    [t('history'), order.history],
    [t('diagnosis'), `${order.diagnosisCode} ${order.diagnosisText}`],
    [t('consent'), consentText],
    [t('from'), [order.requestingFacility.name, order.department, order.requesterName].filter(Boolean).join(' · ')],
    [t('visit'), order.visitNumber],
    [t('sentAt'), fullTime(order.submittedAt)],
  ];
  return (
    <Panel title={t('request')}>
      <Descriptions
        size="small"
        column={1}
        layout="vertical"
        colon={false}
        items={rows
          .filter(([, value]) => value)
          .map(([label, value]) => ({
            key: label,
            label,
            children: <span className="keep-lines">{value}</span>,
          }))}
      />
    </Panel>
  );
}

/** What happened to the request, newest last. */
export function OrderTimeline({ order }: { order: Order }) {
  const t = useOrdersText();
  const names = useNames();
  return (
    <Panel title={t('timeline')}>
      <Timeline
        items={order.events.map((event) => ({
          key: `${event.at}-${event.kind}`,
          content: (
            <>
              <span className="num muted">{shortTime(event.at)}</span> {names('caseEvent', event.kind)}{' '}
              <span className="muted">{event.byName}</span>
              {event.reason && <div className="keep-lines">{event.reason}</div>}
            </>
          ),
        }))}
      />
    </Panel>
  );
}
