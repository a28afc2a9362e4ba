import { Button } from 'antd';
import { useEcgText } from '../texts.ts';

interface ComparisonFieldProps {
  text: string;
  /** What the numbers of both traces say; null where there is nothing to compare with. */
  proposal: string | null;
  isReadOnly: boolean;
  onText: (text: string) => void;
  onTake: () => void;
}

/** The comparison with an earlier trace: proposed from the numbers, taken or written by the doctor. */
export function ComparisonField({ text, proposal, isReadOnly, onText, onTake }: ComparisonFieldProps) {
  const t = useEcgText();
  if (!text && (!proposal || isReadOnly)) return null;
  return (
    <div className="ecg-comparison">
      {(text || isReadOnly) && (
        <label>
          <span className="report-label">{t('comparison')}</span>
          <textarea
            className="report-text"
            rows={2}
            maxLength={1000}
            spellCheck={false}
            readOnly={isReadOnly}
            value={text}
            onChange={(event) => onText(event.target.value.replace(/[^\P{Cc}\t\n]/gu, ''))}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && !event.nativeEvent.isComposing) event.currentTarget.blur();
            }}
            data-testid="ecg-comparison"
          />
        </label>
      )}
      {proposal && proposal !== text && !isReadOnly && (
        <p className="ecg-proposal" data-testid="comparison-proposal">
          <span className="report-label">{t('comparison')}</span> <span className="muted">{t('proposal')}</span>{' '}
          {proposal}{' '}
          <Button size="small" onClick={onTake}>
            {t('take')} <kbd>F4</kbd>
          </Button>
        </p>
      )}
    </div>
  );
}
