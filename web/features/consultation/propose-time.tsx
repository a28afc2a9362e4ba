import { DatePicker, Form, Input, Modal } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { Failure } from '../../ui/failure.tsx';
import { Field } from '../../ui/field.tsx';
import { useConsultationText } from './texts.ts';

interface ProposeTimeProps {
  id: string;
  invitationId: string;
  onClose: () => void;
}

/** Another hour, in place of the one that was asked for. */
export function ProposeTime({ id, invitationId, onClose }: ProposeTimeProps) {
  const t = useConsultationText();
  const [at, setAt] = useState<dayjs.Dayjs | null>(null);
  const [reason, setReason] = useState('');
  const act = useAct('consultation', 'proposeTime', { onSuccess: onClose });
  return (
    <Modal
      open
      title={t('proposeTitle')}
      okText={t('propose')}
      okButtonProps={{ disabled: !at }}
      confirmLoading={act.isPending}
      onCancel={onClose}
      onOk={() => at && act.mutate({ id, invitationId, at: at.toISOString(), reason })}
    >
      <Form layout="vertical" component="div">
        <Field label={t('pickTime')} required>
          <DatePicker
            className="full"
            showTime={{ format: 'HH:mm', minuteStep: 5, defaultOpenValue: dayjs().add(1, 'hour').startOf('hour') }}
            needConfirm={false}
            format="YYYY-MM-DD HH:mm"
            minDate={dayjs()}
            value={at}
            onChange={(next) => setAt(next?.isValid() ? next : null)}
            data-testid="proposed-at"
          />
        </Field>
        <Field label={t('proposeReason')}>
          <Input.TextArea maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </Form>
      {act.error && <Failure error={act.error} />}
    </Modal>
  );
}
