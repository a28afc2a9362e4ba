import type { DutyRosterView, DutyShift } from '@lianzhen/contracts/duty-roster.ts';
import { weekdayIn } from '@lianzhen/contracts/duty-roster-rules.ts';
import { Button, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { useNow } from '../../../ui/use-now.ts';
import { asMonday, endsNextDay, withTurn } from './duty-edit.ts';
import { useDutyText } from './duty-texts.ts';
import { DutyTurn } from './duty-turn.tsx';

interface DutyRowProps {
  at: number;
  shift: DutyShift;
  view: DutyRosterView;
  onChange: (shift: DutyShift) => void;
  onRemove: () => void;
}

const clock = 'HH:mm';

/** One shift: from when to when, and who on each day of the week. */
export function DutyRow({ at, shift, view, onChange, onRemove }: DutyRowProps) {
  const t = useDutyText();
  const today = weekdayIn(view.timeZone, useNow(60_000));
  const time = (name: 'from' | 'to') => (
    <TimePicker
      aria-label={`${t('shift')} ${at + 1} ${t(name)}`}
      className="duty-clock"
      format={clock}
      minuteStep={5}
      needConfirm={false}
      allowClear={false}
      suffixIcon={null}
      value={dayjs(`2000-01-01T${shift[name]}`)}
      onChange={(picked) => picked?.isValid() && onChange({ ...shift, [name]: picked.format(clock) })}
      data-testid={`duty-${name}`}
    />
  );
  return (
    <fieldset className="duty-shift" data-testid="duty-shift">
      <legend className="unseen">
        {t('shift')} {at + 1}
      </legend>
      <div className="duty-span">
        <span className="duty-clocks">
          {time('from')} – {time('to')}
        </span>
        {endsNextDay(shift) && <span className="muted">{t('next-day')}</span>}
        <Button size="small" onClick={() => onChange(asMonday(shift))} data-testid="duty-as-monday">
          {t('as-monday')}
        </Button>
        <Button size="small" type="text" danger onClick={onRemove} data-testid="duty-remove">
          {t('remove-shift')}
        </Button>
      </div>
      {shift.days.map((turn, day) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the days of the week stay where they are.
        <div key={day} className={day === today ? 'duty-day duty-today' : 'duty-day'}>
          <span className="duty-day-name">
            {t(`day-${day}` as 'day-0')} {day === today && <i>{t('today')}</i>}
          </span>
          <DutyTurn
            label={`${t('shift')} ${at + 1} ${t(`day-${day}` as 'day-0')}`}
            day={day}
            value={turn}
            people={view.people}
            onChange={(ids) => onChange(withTurn(shift, day, ids))}
          />
        </div>
      ))}
    </fieldset>
  );
}
