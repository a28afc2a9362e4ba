import { Alert, Button, Progress } from 'antd';
import { useState } from 'react';
import { Failure } from '../../../ui/failure.tsx';
import { Panel } from '../../../ui/page.tsx';
import { useEcgText } from '../texts.ts';
import { FileChoice } from './file-choice.tsx';
import { OrderChoice } from './order-choice.tsx';
import { RefusedFile } from './refused-file.tsx';
import type { SentTo } from './send-trace.ts';
import { type Sending, useSending } from './use-sending.ts';

interface SendPanelProps {
  orderId: string | undefined;
  /** The recording that is recorded again. */
  replaces: string | undefined;
  /** A file leaves: what was said of the one before it is no longer meant. */
  onStart: () => void;
  onOrder: (orderId: string | undefined) => void;
  onTaken: (traceId: string, to: SentTo) => void;
}

/** From the recorder to the hub: for which request, which file, how far it is. */
export function SendPanel({ orderId, replaces, onStart, onOrder, onTaken }: SendPanelProps) {
  const t = useEcgText();
  const { sending, start, again, clear } = useSending(onTaken);
  const [last, setLast] = useState<File>();
  const phase = sending?.step.phase;
  const isBusy = phase === 'sending' || phase === 'waiting';
  const send = (file: File) => {
    setLast(file);
    onStart();
    start(file, { orderId, replaces });
  };
  return (
    <Panel title={t(replaces ? 'sendAgainTitle' : 'sendTitle')} className="ecg-send">
      {replaces && <Alert className="notice" type="warning" showIcon title={t('repeating')} />}
      <OrderChoice value={orderId} isOff={isBusy} onChange={onOrder} />
      <FileChoice isBusy={isBusy} act={t(replaces ? 'chooseAgain' : 'chooseFile')} onFile={send} />
      {sending && <SendState sending={sending} onAgain={again} onClear={clear} />}
      {phase === 'taken' && orderId !== sending?.to.orderId && orderId && last && (
        <Button onClick={() => send(last)} data-testid="attach-order">
          {t('attachNow')}
        </Button>
      )}
    </Panel>
  );
}

interface SendStateProps {
  sending: Sending;
  onAgain: () => void;
  onClear: () => void;
}

function SendState({ sending: { file, step }, onAgain, onClear }: SendStateProps) {
  const t = useEcgText();
  const percent = step.phase === 'taken' ? 100 : step.phase === 'sending' ? Math.floor(step.share * 100) : 0;
  return (
    <div className="ecg-sending" data-testid="ecg-sending" data-phase={step.phase}>
      <div className="spread">
        <span className="ecg-file-name">{file.name}</span>
        {step.phase !== 'taken' && (
          <Button size="small" onClick={onClear}>
            {t('giveUp')}
          </Button>
        )}
      </div>
      {step.phase !== 'refused' && (
        <Progress
          aria-label={file.name}
          percent={percent}
          status={step.phase === 'lost' ? 'exception' : percent === 100 ? 'success' : 'active'}
        />
      )}
      {step.phase === 'waiting' && <p className="tone-warn">{t('linkLost')}</p>}
      {step.phase === 'lost' && <Failure error={step.error} what={t('sendTitle')} onRetry={onAgain} />}
      {step.phase === 'refused' && <RefusedFile error={step.error} onRetry={onAgain} />}
    </div>
  );
}
