import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import type { ApiError } from '../../api/api-error.ts';
import { Failure } from '../../ui/failure.tsx';
import { Panel } from '../../ui/page.tsx';
import type { RequestField } from './request-draft.ts';
import { goTo } from './request-field.tsx';
import { useConsultationText } from './texts.ts';

interface SendPanelProps {
  missing: readonly RequestField[];
  isTried: boolean;
  isBusy: boolean;
  error: ApiError | null;
  send: () => void;
  /** Whether what was typed is safe. */
  children: ReactNode;
}

/** The last look before sending: what is missing, each item leading to its place, and the button. */
export function SendPanel({ missing, isTried, isBusy, error, send, children }: SendPanelProps) {
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
      <div className="consult-saved">{children}</div>
    </Panel>
  );
}
