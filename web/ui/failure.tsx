import { Alert, Button, Typography } from 'antd';
import { asApiError } from '../api/api-error.ts';
import { useColon, useLanguage } from '../api/texts.ts';
import { useErrorText } from '../api/vocabulary.ts';
import { explain } from './explain.ts';
import { useUiText } from './texts.ts';

interface FailureProps {
  error: unknown;
  /** What was being tried, in the person's words. */
  what?: string;
  /** Where the place of the error says more than its code does. */
  text?: string | undefined;
  onRetry?: () => void;
}

/** An error where it happened: what, why, the number to quote to the hub's keepers, and a way on. */
export function Failure({ error, what, text, onRetry }: FailureProps) {
  const t = useUiText();
  const textOf = useErrorText();
  const language = useLanguage();
  const colon = useColon();
  const failure = asApiError(error);
  const said = text ?? textOf(failure.code);
  return (
    <Alert
      type={failure.code === 'unreachable' ? 'warning' : 'error'}
      showIcon
      className="failure"
      role="alert"
      title={what ? `${what}${colon}${said}` : said}
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
