import type { CriticalHit } from '@lianzhen/contracts/ecg.ts';
import { useLanguage } from '../../../api/texts.ts';
import { becauseText } from '../rules/rule-words.ts';
import { useEcgText } from '../texts.ts';

/** What met the table of critical patterns, and by which numbers. A proposal of a program, and said to be one. */
export function HitLine({ hits }: { hits: readonly CriticalHit[] }) {
  const t = useEcgText();
  const language = useLanguage();
  if (hits.length === 0) return null;
  return (
    <div className="ecg-hits" role="alert" data-testid="ecg-hits">
      <b>{t('hits')}</b>
      {hits.map((hit) => (
        <span key={`${hit.code} ${hit.from}`} title={hit.because.map((one) => becauseText(one, language)).join('\n')}>
          {hit[language]} <span className="ecg-from">{t(`hit-${hit.from}`)}</span>
        </span>
      ))}
    </div>
  );
}
