import { DatePicker } from 'antd';
import dayjs from 'dayjs';

interface BirthDateProps {
  value: string;
  onChange: (value: string) => void;
  'aria-labelledby'?: string;
}

/** Typed without dashes it is understood too: nobody pages back seventy years in a calendar. */
export function BirthDate({ value, onChange, ...label }: BirthDateProps) {
  return (
    <DatePicker
      {...label}
      className="full"
      data-testid="patient-birth-date"
      placeholder="1950-01-31"
      format={['YYYY-MM-DD', 'YYYYMMDD', 'YYYY/M/D', 'YYYY.M.D']}
      maxDate={dayjs()}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange(day?.isValid() ? day.format('YYYY-MM-DD') : '')}
    />
  );
}
