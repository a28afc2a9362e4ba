import type { DutyRosterView, DutyShift } from '@lianzhen/contracts/duty-roster.ts';
import { onDutyAt, unattended, type WeekSpan } from '@lianzhen/contracts/duty-roster-rules.ts';
import { useListComma } from '../../../api/texts.ts';
import { useNow } from '../../../ui/use-now.ts';
import { useDutyText } from './duty-texts.ts';

/** Who would be called at this moment, by what is written; and when nobody would. */
export function DutyNow({ view, shifts }: { view: DutyRosterView; shifts: readonly DutyShift[] }) {
  const t = useDutyText();
  const comma = useListComma();
  const now = useNow(30_000);
  const present = view.people.filter(({ isGone }) => !isGone);
  const called = onDutyAt(shifts, view.timeZone, now).flatMap((id) => present.find((one) => one.id === id) ?? []);
  const [first, second] = called;
  const gaps = unattended(shifts);
  const inRoster = new Set(shifts.flatMap(({ days }) => days.flat()));
  const gone = view.people.filter(({ id, isGone }) => isGone && inRoster.has(id));
  const span = ({ fromDay, from, toDay, to }: WeekSpan) => {
    if (fromDay === toDay && from === to) return t('whole-week');
    const begin = `${t(`day-${fromDay}` as 'day-0')} ${from}`;
    return `${begin}–${fromDay === toDay ? '' : `${t(`day-${toDay}` as 'day-0')} `}${to}`;
  };
  return (
    <div className="duty-now" data-testid="duty-now" aria-live="polite">
      {first ? (
        <b>
          {t('on-duty', { name: first.name })}
          {second ? t('next', { name: second.name }) : t('then-seniors')}
        </b>
      ) : (
        <b className="tone tone-warn">{t('nobody-now')}</b>
      )}
      {gaps.length > 0 && (
        <div className="duty-gaps" data-testid="duty-gaps">
          <span className="tone tone-warn">{t('gaps')}</span>
          {gaps.map((gap) => (
            <span key={span(gap)} className="num">
              {span(gap)}
            </span>
          ))}
        </div>
      )}
      {gone.length > 0 && (
        <p className="field-error">{t('gone', { names: gone.map(({ name }) => name).join(comma) })}</p>
      )}
    </div>
  );
}
