import { Alert } from 'antd';
import type { ApiError } from '../../../api/api-error.ts';
import { Failure } from '../../../ui/failure.tsx';
import { useEcgText } from '../texts.ts';

const told = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 300) : undefined;

/** Why the hub did not take a file: what was wrong, where, and what to do about it. */
export function RefusedFile({ error, onRetry }: { error: ApiError; onRetry: () => void }) {
  const t = useEcgText();
  if (error.code !== 'ecg-invalid') return <Failure error={error} what={t('sendTitle')} onRetry={onRetry} />;
  const { format, where, expected, found, offset } = error.details;
  const facts = (
    [
      ['format', format],
      ['where', where],
      ['expected', expected],
      ['found', found],
      ['offset', offset],
    ] as const
  )
    .map(([name, value]) => [name, told(value)] as const)
    .filter(([, value]) => value !== undefined);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      data-testid="ecg-refused"
      title={t('refusedTitle')}
      description={
        <>
          <p>{t('refusedNote')}</p>
          <dl className="ecg-facts">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{t(`refused-${name}`)}</dt>
                <dd className="keep-lines">{value}</dd>
              </div>
            ))}
          </dl>
        </>
      }
    />
  );
}
