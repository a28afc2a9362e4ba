import type { TraceView } from '@lianzhen/contracts/ecg.ts';
import { Alert, Spin } from 'antd';
import { useNames } from '../../../api/vocabulary.ts';
import { useEcgText } from '../texts.ts';
import { HitLine } from '../trace/hit-line.tsx';
import { QualityTags } from '../trace/quality-tags.tsx';
import { Guidance } from './guidance.tsx';
import { QueueLine } from './queue-line.tsx';

interface TraceAnswerProps {
  view: TraceView;
  /** It has just been sent for a request. */
  isSentForOrder?: boolean | undefined;
  onRepeat?: (() => void) | undefined;
}

/** What the hub says of a recording to who made it: how good it is, what reading it noticed, where it is in the queue. */
export function TraceAnswer({ view, isSentForOrder, onRepeat }: TraceAnswerProps) {
  const t = useEcgText();
  const names = useNames();
  const { state, quality, warnings, critical, replacedByTraceId } = view;
  return (
    <div className="stack" data-testid="ecg-answer" data-state={state}>
      {state === 'reading' && (
        <p role="status">
          <Spin size="small" /> {t('judging')}
        </p>
      )}
      {state === 'picture' && <Alert type="warning" showIcon title={t('pictureTaken')} />}
      {state === 'unreadable' && <Alert type="error" showIcon title={t('unreadableTaken')} />}
      {replacedByTraceId !== null && <Alert type="info" showIcon title={t('wasRepeated')} />}
      {state === 'read' &&
        (replacedByTraceId === null ? (
          <Guidance quality={quality} isCritical={critical.length > 0} onRepeat={onRepeat} />
        ) : (
          <QualityTags row={view} />
        ))}
      <HitLine hits={critical} />
      {warnings.length > 0 && (
        <details className="ecg-warnings">
          <summary>{t('warnings', { n: warnings.length })}</summary>
          <ul>
            {warnings.map(({ code, where, detail }) => (
              <li key={`${code} ${where} ${detail}`}>
                {names('traceWarning', code)}{' '}
                <span className="muted">{[where, detail].filter(Boolean).join(' · ')}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <QueueLine orderId={view.orderId} isSentForOrder={isSentForOrder} />
    </div>
  );
}
