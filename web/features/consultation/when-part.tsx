import { DatePicker, Radio } from 'antd';
import dayjs from 'dayjs';
import { Panel } from '../../ui/page.tsx';
import type { PartProps } from './part-props.ts';
import { RequestField } from './request-field.tsx';
import { useConsultationText } from './texts.ts';

/** At once, or at an hour. */
export function WhenPart({ draft, missing, onChange }: PartProps) {
  const t = useConsultationText();
  const { kind, at } = draft.time;
  return (
    <Panel title={t('whenPart')}>
      <Radio.Group
        value={kind}
        aria-label={t('whenPart')}
        onChange={(event) => onChange({ time: { ...draft.time, kind: event.target.value } })}
      >
        <Radio value="immediate" data-testid="time-immediate">
          {t('immediate')} <span className="muted">{t('immediateNote')}</span>
        </Radio>
        <Radio value="appointment" data-testid="time-appointment">
          {t('appointment')}
        </Radio>
      </Radio.Group>
      {kind === 'appointment' && (
        <RequestField field="time" label={t('wantedAt')} missing={missing} className="field-after">
          <DatePicker
            className="full"
            showTime={{ format: 'HH:mm', minuteStep: 5, defaultOpenValue: dayjs().add(1, 'hour').startOf('hour') }}
            needConfirm={false}
            format="YYYY-MM-DD HH:mm"
            minDate={dayjs()}
            value={at ? dayjs(at) : null}
            onChange={(next) => onChange({ time: { kind, at: next?.isValid() ? next.toISOString() : '' } })}
            data-testid="wanted-at"
          />
        </RequestField>
      )}
    </Panel>
  );
}
