import type { Measured } from '@lianzhen/contracts/site-check-measures.ts';
import { judgeSite, type SiteItem, type Verdict } from '@lianzhen/contracts/site-check-rules.ts';
import { fullTime } from '../../ui/time.ts';
import { type Tone, ToneTag } from '../../ui/tone-tag.tsx';
import { findingValue } from './finding-value.ts';
import { useSiteCheckText } from './texts.ts';
import { wholeOf } from './whole-of.ts';

const tones: Record<Verdict, Tone> = { pass: 'good', warn: 'warn', fail: 'bad', skipped: 'quiet' };

interface SiteSheetProps {
  measured: Measured;
  facilityName: string;
  place: string;
  /** Of a check that was saved. */
  saved: { at: string; byName: string } | undefined;
  /** Everything was tried: before that there is nothing to be said of the whole, but what is wrong already. */
  isWhole: boolean;
  step: SiteItem | undefined;
}

/** The one page that can be printed and sent to the county. */
export function SiteSheet({ measured, facilityName, place, saved, isWhole, step }: SiteSheetProps) {
  const t = useSiteCheckText();
  const findings = judgeSite(measured);
  const whole = wholeOf(findings, isWhole);
  return (
    <section className="site-sheet panel" data-testid="site-sheet" data-verdict={whole}>
      <header className="spread">
        <h2>{t('sheet')}</h2>
        <ToneTag tone={tones[whole]}>{t(`whole-${whole}`)}</ToneTag>
      </header>
      <p className="muted">
        {[facilityName, place].filter(Boolean).join(' · ')}
        {' · '}
        {saved ? `${t('checked-at')} ${fullTime(saved.at)} · ${t('checked-by')} ${saved.byName}` : t('unsaved')}
      </p>
      <table className="site-table">
        <thead>
          <tr>
            <th>{t('item')}</th>
            <th>{t('result')}</th>
            <th>{t('value')}</th>
            <th>{t('advice')}</th>
          </tr>
        </thead>
        <tbody>
          {findings.map(({ item, verdict, advice }) => (
            <tr
              key={item}
              data-testid="site-item"
              data-item={item}
              data-verdict={verdict}
              className={item === step ? 'site-now' : undefined}
            >
              <th scope="row">{t(`item-${item}`)}</th>
              <td>
                <ToneTag tone={tones[verdict]}>{t(verdict)}</ToneTag>
              </td>
              <td className="site-value">{findingValue(item, measured)}</td>
              <td>{t(`advice-${advice}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
