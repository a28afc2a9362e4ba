import type { StatementView } from '@lianzhen/contracts/ecg.ts';
import { Button } from 'antd';
import { useLanguage } from '../../../api/texts.ts';
import { useEcgText } from '../texts.ts';

interface KeyLegendProps {
  library: readonly StatementView[];
  onPick: (statement: StatementView) => void;
  onClose: () => void;
}

/** The keyboard for sentences while it is open: which letter says what. */
export function KeyLegend({ library, onPick, onClose }: KeyLegendProps) {
  const t = useEcgText();
  const language = useLanguage();
  const keyed = library.filter(({ key }) => key !== null);
  return (
    <div className="ecg-legend" data-testid="statement-keys">
      <p>
        <b>{t('keyboardOn')}</b> <span className="muted">{t('keyboardNote')}</span>
        <Button size="small" type="text" onClick={onClose}>
          {t('endKeyboard')} <kbd>Esc</kbd>
        </Button>
      </p>
      <div className="ecg-legend-keys">
        {keyed.map((one) => (
          <button key={one.id} type="button" tabIndex={-1} onClick={() => onPick(one)}>
            <kbd>{one.key}</kbd> <span className={one.critical ? 'tone-bad' : undefined}>{one[language]}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
