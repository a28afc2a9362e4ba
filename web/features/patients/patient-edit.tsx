import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Form, Modal, Space } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { ask, useAct } from '../../api/queries.ts';
import { useSession } from '../../api/session.ts';
import { useNames } from '../../api/vocabulary.ts';
import { PatientRefusal, refusedFields } from './mismatch.tsx';
import { PatientFields } from './patient-fields.tsx';
import { usePatientsText } from './texts.ts';
import { bodyOfPatient, TypedPatient, wrongIn } from './typed-patient.ts';

type Patient = Outputs['patients']['read'];

const typedOf = (patient: Patient): TypedPatient => TypedPatient.parse({ ...patient, ...textsOf(patient) });
const textsOf = (patient: Patient) => ({
  birthDate: patient.birthDate ?? '',
  phone: patient.phone ?? '',
  address: patient.address ?? '',
});

/**
 * Corrects a patient. Where somebody else was quicker, their values stand beside one's own and the person decides;
 * nobody's correction is lost unseen. Masked numbers that stay as they are stand for the recorded ones.
 */
export function PatientEdit({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const t = usePatientsText();
  const names = useNames();
  const session = useSession();
  const { message } = App.useApp();
  const [base, setBase] = useState(patient);
  const [value, setValue] = useState(() => typedOf(patient));
  const [isTried, setTried] = useState(false);
  const save = useAct('patients', 'update', {
    onSuccess: () => {
      void message.success(t('saved'));
      onClose();
    },
  });
  const isStale = save.error?.code === 'stale-revision';
  const newest = useQuery({ ...ask('patients', 'read', { id: patient.id }), enabled: isStale, staleTime: 0 });
  const theirs = isStale && newest.data && newest.data.revision !== base.revision ? newest.data : undefined;

  const send = (revision: number) => {
    setTried(true);
    const body = bodyOfPatient(value);
    if (body) save.mutate({ ...body, id: patient.id, revision });
  };
  const beside = (field: keyof TypedPatient): string | undefined => {
    if (!theirs) return undefined;
    const [before, after] = [typedOf(base)[field], typedOf(theirs)[field]];
    if (JSON.stringify(before) === JSON.stringify(after)) return undefined;
    if (field === 'sex') return names('sex', theirs.sex);
    if (field === 'villageId') return theirs.villageName ?? t('noVillage');
    return typeof after === 'string' && after ? after : t('numberNone');
  };
  return (
    <Modal
      open
      width={640}
      title={`${t('edit')} ${patient.name}`}
      okText={t('save')}
      cancelText={t('cancel')}
      confirmLoading={save.isPending}
      okButtonProps={{ disabled: theirs !== undefined }}
      mask={{ closable: false }}
      onOk={() => send(base.revision)}
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
              <Space wrap>
                <Button size="small" type="primary" onClick={() => send(theirs.revision)}>
                  {t('keepMine')}
                </Button>
                <Button
                  size="small"
                  onClick={() => {
                    save.reset();
                    setBase(theirs);
                    setValue(typedOf(theirs));
                  }}
                >
                  {t('takeTheirs')}
                </Button>
              </Space>
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
            if (save.error && !isStale) save.reset();
            setValue(next);
          }}
        />
      </Form>
      {save.error && !isStale && <PatientRefusal error={save.error} />}
    </Modal>
  );
}
