import { Button, DatePicker, Space } from 'antd';
import dayjs from 'dayjs';
import { useOrdersText } from './texts.ts';

/** When consent was given, to the minute: a day alone would not say whether the exam or the consent came first. */
export function ConsentTime({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useOrdersText();
  const set = (at: dayjs.Dayjs | null) => onChange(at?.isValid() ? at.toISOString() : '');
  return (
    <Space.Compact block>
      <DatePicker
        aria-label={t('consentAt')}
        className="full"
        showTime={{ format: 'HH:mm', defaultOpenValue: dayjs() }}
        needConfirm={false}
        format="YYYY-MM-DD HH:mm"
        value={value ? dayjs(value) : null}
        maxDate={dayjs().add(1, 'minute')}
        onChange={set}
      />
      <Button data-testid="consent-now" onClick={() => set(dayjs())}>
        {t('now')}
      </Button>
    </Space.Compact>
  );
}
