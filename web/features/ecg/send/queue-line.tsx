import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ask } from '../../../api/queries.ts';
import { useLanguage } from '../../../api/texts.ts';
import { useNames } from '../../../api/vocabulary.ts';
import { Failure } from '../../../ui/failure.tsx';
import { shortTime, spanText } from '../../../ui/time.ts';
import { ToneTag } from '../../../ui/tone-tag.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { useEcgText } from '../texts.ts';

interface QueueLineProps {
  orderId: string | null;
  /** It was sent for a request, and the hub has not linked the two yet. */
  isSentForOrder?: boolean | undefined;
}

/** Where the request of a trace is, by itself anew whenever that changes. */
export function QueueLine({ orderId, isSentForOrder = false }: QueueLineProps) {
  const t = useEcgText();
  const names = useNames();
  const language = useLanguage();
  const now = useNow(15_000);
  const order = useQuery({ ...ask('orders', 'read', { id: orderId ?? '' }), enabled: orderId !== null });
  if (orderId === null)
    return isSentForOrder ? (
      <p className="muted">{t('linkingOrder')}</p>
    ) : (
      <p className="tone-warn">{t('noOrderYet')}</p>
    );
  if (order.error && !order.data) return <Failure error={order.error} onRetry={() => void order.refetch()} />;
  if (!order.data) return null;
  const { progress, centreName, number, latestVersionId } = order.data;
  const left = progress.dueAt === null ? null : Date.parse(progress.dueAt) - now.getTime();
  return (
    <div className="ecg-queue" data-testid="ecg-queue" data-step={progress.step}>
      <ToneTag tone={progress.step === 'reported' ? 'good' : 'info'}>{names('step', progress.step)}</ToneTag>
      <span>{centreName}</span>
      {progress.holder && progress.holder !== centreName && progress.step !== 'reported' && (
        <span>{t('heldBy', { name: progress.holder })}</span>
      )}
      {progress.step === 'in-queue' && progress.ahead !== null && (
        <b>{progress.ahead > 0 ? t('ahead', { n: progress.ahead }) : t('aheadNone')}</b>
      )}
      {left !== null && progress.dueAt && progress.step !== 'reported' && (
        <span className={left < 0 ? 'tone-bad' : undefined}>
          {t(left < 0 ? 'dueOver' : 'dueBy', { at: shortTime(progress.dueAt, now), span: spanText(left, language) })}
        </span>
      )}
      <Link to="/orders/$orderId" params={{ orderId }}>
        {t('openOrder', { number })}
      </Link>
      {latestVersionId && (
        <Link to="/results/$versionId" params={{ versionId: latestVersionId }}>
          {t('openResult')}
        </Link>
      )}
    </div>
  );
}
