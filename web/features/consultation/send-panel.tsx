import { Alert, Button } from 'antd';
import type { ApiError } from '../../api/api-error.ts';
import { useErrorText } from '../../api/vocabulary.ts';
import { Failure } from '../../ui/failure.tsx';
import { Panel } from '../../ui/page.tsx';
import { shortTime } from '../../ui/time.ts';
import { ToneTag } from '../../ui/tone-tag.tsx';
import type { SaveStatus } from './draft-saver.ts';
import type { RequestField } from './request-draft.ts';
import { goTo } from './request-field.tsx';
import { useConsultationText } from './texts.ts';

interface SendPanelProps {
  missing: readonly RequestField[];
  isTried: boolean;
  isBusy: boolean;
  error: ApiError | null;
  status: SaveStatus;
  send: () => void;
  onKeepMine: () => void;
}

/** The last look before sending: what is missing, each item leading to its place, and the button. */
export function SendPanel({ missing, isTried, isBusy, error, status, send, onKeepMine }: SendPanelProps) {
  const t = useConsultationText();
  return (
    <Panel title={t('beforeSend')} className="consult-send">
      {missing.length === 0 ? (
        <p className="tone tone-good">{t('complete')}</p>
      ) : (
        <div
          className={isTried ? 'consult-lacks consult-lacks-tried' : 'consult-lacks'}
          data-testid="missing"
          role={isTried ? 'alert' : undefined}
        >
          <span>{t('lacks', { n: missing.length })}</span>
          <div className="row">
            {missing.map((field) => (
              <Button key={field} size="small" type="link" onClick={() => goTo(field)} data-missing={field}>
                {t(`field-${field}`)}
              </Button>
            ))}
          </div>
        </div>
      )}
      {error?.code === 'unreachable' ? (
        <Alert type="warning" showIcon className="notice" title={t('notSure')} />
      ) : (
        error && <Failure error={error} />
      )}
      <Button type="primary" size="large" block loading={isBusy} onClick={send} data-testid="send-consultation">
        {t('send')}
      </Button>
      <SaveLine status={status} onKeepMine={onKeepMine} />
    </Panel>
  );
}

function SaveLine({ status, onKeepMine }: Pick<SendPanelProps, 'status' | 'onKeepMine'>) {
  const t = useConsultationText();
  const why = useErrorText();
  if (status.kind === 'untouched') return null;
  return (
    <output className="consult-saved" data-testid="draft-status" data-state={status.kind}>
      {status.kind === 'saving' && <ToneTag tone="quiet">{t('saving')}</ToneTag>}
      {status.kind === 'saved' && <ToneTag tone="good">{t('savedAt', { at: shortTime(status.at) })}</ToneTag>}
      {status.kind === 'local' && <ToneTag tone="warn">{t('savedLocal')}</ToneTag>}
      {status.kind === 'failed' && <ToneTag tone="bad">{why(status.code)}</ToneTag>}
      {status.kind === 'conflict' && (
        <>
          <ToneTag tone="bad">{why('stale-revision')}</ToneTag>
          <Button size="small" onClick={onKeepMine}>
            {t('keepMine')}
          </Button>
        </>
      )}
    </output>
  );
}
