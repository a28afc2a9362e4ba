import type { GreenChannelTimes } from '@lianzhen/contracts/ecg-alarms.ts';
import { Button, DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useAct } from '../../../api/queries.ts';
import { Failure } from '../../../ui/failure.tsx';
import { Field } from '../../../ui/field.tsx';
import { useEcgText } from '../texts.ts';

/** What nobody but the sender knows: when it began, and when the patient was first seen. */
export function ContactForm({ times, onDone }: { times: GreenChannelTimes; onDone: () => void }) {
  const t = useEcgText();
  const [contact, setContact] = useState<Dayjs | null>(times.firstContactAt ? dayjs(times.firstContactAt) : dayjs());
  const [symptom, setSymptom] = useState<Dayjs | null>(times.symptomAt ? dayjs(times.symptomAt) : null);
  const act = useAct('ecg', 'setFirstContact', { onSuccess: onDone });
  const picker = {
    showTime: { format: 'HH:mm' },
    format: 'YYYY-MM-DD HH:mm',
    className: 'full',
    needConfirm: false,
  } as const;
  const isBackwards = symptom !== null && contact !== null && symptom.isAfter(contact);
  return (
    <div className="ecg-contact">
      <Field label={t('step-symptomAt')}>
        <DatePicker {...picker} value={symptom} onChange={(at: Dayjs | null) => setSymptom(at)} />
      </Field>
      <Field label={t('step-firstContactAt')}>
        <DatePicker {...picker} value={contact} onChange={(at: Dayjs | null) => setContact(at)} />
      </Field>
      {isBackwards && <p className="field-error">{t('symptomFirst')}</p>}
      {act.error && <Failure error={act.error} what={t('editContact')} />}
      <span className="row">
        <Button
          type="primary"
          loading={act.isPending}
          disabled={!contact || isBackwards}
          onClick={() =>
            contact &&
            act.mutate({
              orderId: times.orderId,
              firstContactAt: contact.toISOString(),
              symptomAt: symptom?.toISOString() ?? null,
            })
          }
          data-testid="save-contact"
        >
          {t('save')}
        </Button>
        <Button onClick={onDone}>{t('cancel')}</Button>
      </span>
    </div>
  );
}
