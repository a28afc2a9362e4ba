import { useListComma } from '../../../api/texts.ts';
import { shortTime } from '../../../ui/time.ts';
import { ToneTag } from '../../../ui/tone-tag.tsx';
import type { Expert } from './expert.ts';
import { weekOf } from './hours.ts';
import { useExpertText } from './texts.ts';

/** When somebody may be asked: the week, and whether he is on duty now. */
export function WeekText({ expert }: { expert: Expert }) {
  const t = useExpertText();
  const comma = useListComma();
  const day = (n: number) => t(`day-${n}` as 'day-1');
  const run = ([first, last]: [number, number]) => {
    if (first === 1 && last === 7) return t('everyDay');
    if (first === last) return day(first);
    return t('run', { from: day(first), to: day(last) });
  };
  const span = ([from, to]: [string, string]) => (from === '00:00' && to === '23:59' ? t('wholeDay') : `${from}–${to}`);
  const { override, isOnDuty } = expert;
  const now = override
    ? t(override.isOnDuty ? 'onUntil' : 'offUntil', { at: shortTime(override.until) })
    : t(isOnDuty ? 'onDuty' : 'offDuty');
  return (
    <div className="expert-week">
      {weekOf(expert.hours).map(({ runs, spans }) => (
        <div key={runs.join()}>
          {runs.map(run).join(comma)} {spans.map(span).join(comma)}
        </div>
      ))}
      {expert.hours.length === 0 && <span className="muted">{t('noHours')} </span>}
      <ToneTag tone={isOnDuty ? 'good' : 'quiet'}>{now}</ToneTag>
    </div>
  );
}
