import { Link } from '@tanstack/react-router';
import { App, Button } from 'antd';
import type { Outputs } from '../../api/client.ts';
import { useAct } from '../../api/queries.ts';
import { useMay } from '../../api/session.ts';
import { Failure } from '../../ui/failure.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import { useDeliveryText } from './texts.ts';

type Row = Outputs['delivery']['inbox']['rows'][number];

/** A result in a few lines: who, what it says, and whether somebody here has read it. */
export function InboxRow({ row }: { row: Row }) {
  const t = useDeliveryText();
  const may = useMay();
  const { message } = App.useApp();
  const act = useAct('delivery', 'acknowledge', { onSuccess: () => void message.success(t('acknowledged')) });
  const isUnread = row.readAt === null;
  return (
    <article
      className="inbox-row"
      data-testid="inbox-row"
      data-unread={isUnread}
      data-critical={row.critical}
      data-order-id={row.orderId}
    >
      <div>
        <div className="row">
          <Link to="/results/$versionId" params={{ versionId: row.versionId }} className="strong">
            {row.patientName}
          </Link>
          {row.critical && <ToneTag tone="bad">{t('critical')}</ToneTag>}
          {row.positive && !row.critical && <ToneTag tone="warn">{t('positive')}</ToneTag>}
          {row.kind === 'preliminary' && <ToneTag tone="info">{t('preliminary')}</ToneTag>}
          {row.isIdentityCorrected && <ToneTag tone="warn">{t('identityCorrected')}</ToneTag>}
          {row.kind === 'corrected' && <ToneTag tone="info">{t('corrected')}</ToneTag>}
        </div>
        <p className="keep-lines">{row.impression}</p>
        <span className="muted num">
          {shortTime(row.acceptedAt ?? row.createdAt)} · {row.centreName} · {row.orderNumber}
        </span>
      </div>
      <div className="inbox-act">
        {isUnread ? (
          <ToneTag tone="info">{t('isNew')}</ToneTag>
        ) : (
          <span className="muted">{t('read', { name: row.readByName ?? '', at: shortTime(row.readAt ?? '') })}</span>
        )}
        {isUnread && may('result:acknowledge') && (
          <Button size="small" loading={act.isPending} onClick={() => act.mutate({ id: row.id })}>
            {t('acknowledge')}
          </Button>
        )}
      </div>
      {act.error && <Failure error={act.error} />}
    </article>
  );
}
