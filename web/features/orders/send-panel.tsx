import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import type { ApiError } from '../../api/api-error.ts';
import { Failure } from '../../ui/failure.tsx';
import { Panel } from '../../ui/page.tsx';
import type { DraftField } from './draft.ts';
import { goTo } from './form-field.tsx';
import { type OrdersKey, useOrdersText } from './texts.ts';

interface SendPanelProps {
  missing: readonly DraftField[];
  refused: readonly DraftField[];
  /** Sending was tried: what is missing is named here too. */
  isTried: boolean;
  error: ApiError | null;
  isBusy: boolean;
  onSend: () => void;
  children: ReactNode;
}

/** The last look before sending: what is missing, each item leading to its place, and the button. */
export function SendPanel({ missing, refused, isTried, error, isBusy, onSend, children }: SendPanelProps) {
  const t = useOrdersText();
  const named = [...missing, ...refused.filter((field) => !missing.includes(field))];
  return (
    <Panel title={t('summary')} className="send-panel">
      {missing.length === 0 && !refused.length ? (
        <p className="tone tone-good">{t('complete')}</p>
      ) : (
        <div
          className={isTried ? 'lacks lacks-tried' : 'lacks'}
          data-testid="missing"
          role={isTried ? 'alert' : undefined}
        >
          <span>{missing.length ? t('lacks', { n: missing.length }) : t('refusedAt')}</span>
          <div className="row">
            {named.map((field) => (
              <Button key={field} size="small" type="link" onClick={() => goTo(field)} data-missing={field}>
                {t(`field-${field}` as OrdersKey)}
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
      <Button type="primary" size="large" block loading={isBusy} onClick={onSend} data-testid="send-order">
        {t(isBusy ? 'sending' : 'send')}
      </Button>
      <div className="spread muted">
        {children}
        <span className="key-hint">{t('keyHint')}</span>
      </div>
    </Panel>
  );
}
