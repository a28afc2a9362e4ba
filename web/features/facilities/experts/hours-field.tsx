import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { anyTime, faultOf, type HoursLine, mostLines, officeHours, weekdays } from './hours.ts';
import { useExpertText } from './texts.ts';
import './experts.css';

interface HoursFieldProps {
  value?: HoursLine[];
  onChange?: (lines: HoursLine[]) => void;
}

/** The hours of a week, a line for those that are the same on several days. What is wrong stands at its line. */
export function HoursField({ value = [], onChange = () => {} }: HoursFieldProps) {
  const t = useExpertText();
  const change = (at: number, part: Partial<HoursLine>) =>
    onChange(value.map((line, index) => (index === at ? { ...line, ...part } : line)));
  return (
    <div className="expert-hours" data-testid="expert-hours">
      {value.map((line, at) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
          key={at}
          at={at}
          line={line}
          onChange={(part) => change(at, part)}
          onRemove={() => onChange(value.filter((_, index) => index !== at))}
        />
      ))}
      <div className="row">
        <Button
          size="small"
          icon={<PlusOutlined />}
          disabled={value.length >= mostLines}
          onClick={() => onChange([...value, { days: [1, 2, 3, 4, 5], from: '08:00', to: '12:00' }])}
          data-testid="expert-add-line"
        >
          {t('addLine')}
        </Button>
        <Button size="small" onClick={() => onChange(officeHours())} data-testid="expert-office-hours">
          {t('office')}
        </Button>
        <Button size="small" onClick={() => onChange(anyTime())} data-testid="expert-any-time">
          {t('always')}
        </Button>
      </div>
    </div>
  );
}

interface LineProps {
  at: number;
  line: HoursLine;
  onChange: (part: Partial<HoursLine>) => void;
  onRemove: () => void;
}

function Line({ at, line, onChange, onRemove }: LineProps) {
  const t = useExpertText();
  const fault = faultOf(line);
  const time = (name: 'from' | 'to') => (
    <TimePicker
      aria-label={`${t('line', { n: at + 1 })} ${t(name)}`}
      className="expert-clock"
      format="HH:mm"
      needConfirm={false}
      allowClear={false}
      suffixIcon={null}
      status={fault === 'backwards' ? 'error' : ''}
      value={dayjs(`2000-01-01T${line[name]}`)}
      onChange={(picked) => picked?.isValid() && onChange({ [name]: picked.format('HH:mm') })}
      data-testid={`expert-${name}`}
    />
  );
  return (
    <fieldset className="expert-line" data-testid="expert-line">
      <legend className="unseen">{t('line', { n: at + 1 })}</legend>
      <Checkbox.Group
        value={line.days}
        onChange={(days) => onChange({ days: days.map(Number).toSorted() })}
        options={weekdays.map((day) => ({ value: day, label: t(`day-${day}` as 'day-1') }))}
      />
      <div className="row">
        <span className="num">
          {time('from')} – {time('to')}
        </span>
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined />}
          aria-label={t('removeLine', { n: at + 1 })}
          onClick={onRemove}
          data-testid="expert-remove-line"
        />
        {fault && <span className="field-error expert-fault">{t(fault)}</span>}
      </div>
    </fieldset>
  );
}
