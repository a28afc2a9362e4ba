import type { QualityFinding } from '@lianzhen/contracts/ecg-measurements.ts';
import { Alert, Button } from 'antd';
import { useAside, useListComma } from '../../../api/texts.ts';
import { useNames } from '../../../api/vocabulary.ts';
import { useEcgText } from '../texts.ts';

interface GuidanceProps {
  quality: readonly QualityFinding[];
  /** Something in it has raised the alarm: the next thing may be another recording. */
  isCritical: boolean;
  /** Recording again is possible from here. */
  onRepeat?: (() => void) | undefined;
}

/** What is wrong with a recording, and what to do while the patient still lies there. */
export function Guidance({ quality, isCritical, onRepeat }: GuidanceProps) {
  const t = useEcgText();
  const names = useNames();
  const comma = useListComma();
  const aside = useAside();
  const isBad = quality.some(({ severity }) => severity === 'bad');
  if (quality.length === 0)
    return (
      <Alert
        type={isCritical ? 'info' : 'success'}
        showIcon
        title={t(isCritical ? 'qualityFineStay' : 'qualityFine')}
        data-testid="ecg-guidance"
        data-worst="none"
      />
    );
  return (
    <Alert
      type={isBad ? 'error' : 'warning'}
      showIcon
      data-testid="ecg-guidance"
      data-worst={isBad ? 'bad' : 'warn'}
      title={<b>{t(isBad ? 'recordAgainNow' : 'recordWithCare')}</b>}
      description={
        <>
          <ul className="ecg-guidance">
            {quality.map(({ code, leads, severity }) => (
              <li key={`${code} ${leads.join()}`} className={severity === 'bad' ? 'tone-bad' : undefined}>
                <b>
                  {names('ecgQuality', code)}
                  {leads.length > 0 && aside(leads.join(comma))}
                </b>
                <div>{t(`do-${code}`)}</div>
              </li>
            ))}
          </ul>
          {onRepeat && (
            <Button
              type={isBad ? 'primary' : 'default'}
              danger={isBad}
              size="large"
              className="ecg-repeat"
              onClick={onRepeat}
              data-testid="ecg-repeat"
            >
              {t('recordAgain')}
            </Button>
          )}
        </>
      }
    />
  );
}
