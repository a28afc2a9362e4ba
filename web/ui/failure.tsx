import { Alert, Button, Typography } from 'antd';
import { asApiError } from '../api/api-error.ts';
import { useLanguage } from '../api/texts.ts';
import { useErrorText } from '../api/vocabulary.ts';
import { explain } from './explain.ts';
import { useUiText } from './texts.ts';

interface FailureProps {
  error: unknown;
  /** What was being tried, in the person's words. */
  what?: string;
  onRetry?: () => void;
}

/** An error where it happened: what, why, the number to quote to the hub's keepers, and a way on. */
export function Failure({ error, what, onRetry }: FailureProps) {
  const t = useUiText();
  const text = useErrorText();
  const language = useLanguage();
  const failure = asApiError(error);
  return (
    <Alert
      type={failure.code === 'unreachable' ? 'warning' : 'error'}
      showIcon
      className="failure"
      role="alert"
      title={what ? `${what}：${text(failure.code)}` : text(failure.code)}
      description={
        <>
          {explain(failure, language).map((line) => (
            <div key={line}>{line}</div>
          ))}
          {failure.requestId && (
            <Typography.Text type="secondary" copyable={{ text: failure.requestId }}>
              {t('request', { id: failure.requestId })}
            </Typography.Text>
          )}
        </>
      }
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t('retry')}
          </Button>
        )
      }
    />
  );
}
