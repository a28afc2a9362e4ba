import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Form, Modal } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask, useAct } from '../../api/queries.ts';
import { useSession } from '../../api/session.ts';
import { useNames } from '../../api/vocabulary.ts';
import { PatientRefusal, refusedFields } from './mismatch.tsx';
import { PatientFields } from './patient-fields.tsx';
import { usePatientsText } from './texts.ts';
import { bodyOfPatient, mergeTyped, TypedPatient, wrongIn } from './typed-patient.ts';

type Patient = Outputs['patients']['read'];

const typedOf = (patient: Patient): TypedPatient => TypedPatient.parse({ ...patient, ...textsOf(patient) });
const textsOf = (patient: Patient) => ({
  birthDate: patient.birthDate ?? '',
  phone: patient.phone ?? '',
  address: patient.address ?? '',
});

/**
 * Corrects a patient. Where somebody else was quicker, both corrections are joined; where both changed the same, their
 * value stands beside one's own and the person decides. Nobody's correction is lost unseen. Masked numbers that stay as they are stand for the recorded ones.
 */
export function PatientEdit({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const t = usePatientsText();
  const names = useNames();
  const session = useSession();
  const { message } = App.useApp();
  const [base, setBase] = useState(patient);
  const [value, setValue] = useState(() => typedOf(patient));
  const [theirs, setTheirs] = useState<{ patient: Patient; conflicts: (keyof TypedPatient)[] }>();
  const [isTried, setTried] = useState(false);
  const save = useAct('patients', 'update', {
    onSuccess: () => {
      void message.success(t('saved'));
      onClose();
    },
  });
  const isStale = save.error?.code === 'stale-revision';
  const newest = useQuery({ ...ask('patients', 'read', { id: patient.id }), enabled: isStale, staleTime: 0 });
  // Somebody was quicker: their changes are taken in at once, and saving goes on from there.
  if (isStale && newest.data && newest.data.revision !== base.revision) {
    const merged = mergeTyped(typedOf(base), value, typedOf(newest.data));
    setValue(merged.value);
    setTheirs({ patient: newest.data, conflicts: merged.conflicts });
    setBase(newest.data);
    save.reset();
  }
  const send = () => {
    setTried(true);
    const body = bodyOfPatient(value);
    if (body) save.mutate({ ...body, id: patient.id, revision: base.revision });
  };
  const beside = (field: keyof TypedPatient): string | undefined => {
    if (!theirs?.conflicts.includes(field)) return undefined;
    if (field === 'sex') return names('sex', theirs.patient.sex);
    if (field === 'villageId') return theirs.patient.villageName ?? t('noVillage');
    const other = typedOf(theirs.patient)[field];
    if (Array.isArray(other)) return other.map((one) => one.value).join('、');
    return other || t('numberNone');
  };
  return (
    <Modal
      open
      width={640}
      title={`${t('edit')} ${patient.name}`}
      okText={t('save')}
      cancelText={t('cancel')}
      confirmLoading={save.isPending}
      mask={{ closable: false }}
      onOk={send}
      onCancel={onClose}
    >
      {theirs && (
        <Alert
          type="warning"
          showIcon
          title={t('staleTitle')}
          description={
            <div className="stack">
              {t('staleNote')}
              <div>
                <Button
                  size="small"
                  onClick={() => {
                    setValue(typedOf(theirs.patient));
                    setTheirs(undefined);
                  }}
                >
                  {t('takeTheirs')}
                </Button>
              </div>
            </div>
          }
        />
      )}
      <Form layout="vertical" component="div">
        <PatientFields
          value={value}
          facilityCode={session.seats[0]?.code ?? ''}
          wrong={[...(isTried ? wrongIn(value) : []), ...refusedFields(save.error)]}
          beside={beside}
          onChange={(next) => {
            if (save.error) save.reset();
            setValue(next);
          }}
        />
      </Form>
      {save.error && !isStale && <PatientRefusal error={save.error} />}
    </Modal>
  );
}
