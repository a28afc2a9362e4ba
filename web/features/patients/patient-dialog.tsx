import { App, Form, Modal } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { seatsFor, useSession } from '../../api/session.ts';
import { PatientRefusal, refusedFields } from './mismatch.tsx';
import { PatientFields } from './patient-fields.tsx';
import { usePatientsText } from './texts.ts';
import { bodyOfPatient, TypedPatient, wrongIn } from './typed-patient.ts';

const empty = TypedPatient.parse({ identifiers: [{ type: 'id-card', issuer: '', value: '' }] });

interface PatientDialogProps {
  onClose: () => void;
  onDone: (patient: { id: string }) => void;
}

/** Records a patient apart from any request. */
export function PatientDialog({ onClose, onDone }: PatientDialogProps) {
  const t = usePatientsText();
  const session = useSession();
  const { message } = App.useApp();
  const [value, setValue] = useState(empty);
  const [isTried, setTried] = useState(false);
  const [seat] = seatsFor(session, 'patient:write');
  const create = useAct('patients', 'create', {
    onSuccess: ({ existed, patient }) => {
      void message.success(t(existed ? 'existed' : 'created'));
      onDone(patient);
    },
  });
  const submit = () => {
    setTried(true);
    const body = bodyOfPatient(value);
    if (body && seat) create.mutate({ ...body, facilityId: seat.facilityId });
  };
  return (
    <Modal
      open
      width={640}
      title={t('newPatient')}
      okText={t('create')}
      cancelText={t('cancel')}
      confirmLoading={create.isPending}
      // A click beside the dialog must not throw away what was typed.
      mask={{ closable: false }}
      onOk={submit}
      onCancel={onClose}
    >
      <Form layout="vertical" component="div">
        <PatientFields
          value={value}
          facilityCode={seat?.code ?? ''}
          wrong={[...(isTried ? wrongIn(value) : []), ...refusedFields(create.error)]}
          onChange={(next) => {
            if (create.error) create.reset();
            setValue(next);
          }}
        />
      </Form>
      {create.error && <PatientRefusal error={create.error} />}
    </Modal>
  );
}
