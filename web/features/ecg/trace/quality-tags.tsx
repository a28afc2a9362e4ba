import type { TraceRow } from '@lianzhen/contracts/ecg.ts';
import { useNames } from '../../../api/vocabulary.ts';
import { ToneTag } from '../../../ui/tone-tag.tsx';
import { useEcgText } from '../texts.ts';

/** How good a recording is, in a word each; what has to be recorded again is red. */
export function QualityTags({ row }: { row: Pick<TraceRow, 'state' | 'quality'> }) {
  const t = useEcgText();
  const names = useNames();
  if (row.state === 'reading') return <ToneTag tone="info">{t('state-reading')}</ToneTag>;
  if (row.state === 'picture') return <ToneTag tone="warn">{t('state-picture')}</ToneTag>;
  if (row.state === 'unreadable') return <ToneTag tone="bad">{t('state-unreadable')}</ToneTag>;
  if (row.quality.length === 0) return <ToneTag tone="good">{t('qualityGood')}</ToneTag>;
  return (
    <span className="row ecg-tags">
      {row.quality.map(({ code, leads, severity }) => (
        <ToneTag key={`${code} ${leads.join()}`} tone={severity === 'bad' ? 'bad' : 'warn'}>
          {names('ecgQuality', code)}
          {leads.length > 0 && leads.length < 8 && ` ${leads.join(' ')}`}
        </ToneTag>
      ))}
    </span>
  );
}
