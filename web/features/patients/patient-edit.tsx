import { Alert, App, Button, Form, Modal } from 'antd';
import { useState } from 'react';
import type { Outputs } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { useListComma } from '../../api/texts.ts';
import { useNames } from '../../api/vocabulary.ts';
import { PatientRefusal, refusedFields } from './mismatch.tsx';
import { PatientFields } from './patient-fields.tsx';
import { usePatientsText } from './texts.ts';
import { type TypedPatient, wrongIn } from './typed-patient.ts';
import { typedOf, useCorrection } from './use-correction.ts';

type Patient = Outputs['patients']['read'];

/**
 * Corrects a patient. Where somebody else was quicker, both corrections are joined; where both changed the same, their
 * value stands beside one's own and the person decides. Nobody's correction is lost unseen. Masked numbers that stay as
 * they are stand for the recorded ones.
 */
export function PatientEdit({ patient, onClose }: { patient: Patient; onClose: () => void }) {
  const t = usePatientsText();
  const session = useSession();
  const { message } = App.useApp();
  const [isTried, setTried] = useState(false);
  const correction = useCorrection(patient, () => {
    void message.success(t('saved'));
    onClose();
  });
  const { value, theirs, error } = correction;
  const beside = useTheirs(theirs);
  return (
    <Modal
      open
      width={640}
      title={`${t('edit')} ${patient.name}`}
      okText={t('save')}
      cancelText={t('cancel')}
      confirmLoading={correction.isBusy}
      mask={{ closable: false }}
      onOk={() => {
        setTried(true);
        correction.send();
      }}
      onCancel={onClose}
    >
      {theirs && <Joined onTakeTheirs={correction.takeTheirs} />}
      <Form layout="vertical" component="div">
        <PatientFields
          value={value}
          facilityCode={session.seats[0]?.code ?? ''}
          wrong={[...(isTried ? wrongIn(value) : []), ...refusedFields(error)]}
          beside={beside}
          onChange={correction.change}
        />
      </Form>
      {error && <PatientRefusal error={error} />}
    </Modal>
  );
}

function Joined({ onTakeTheirs }: { onTakeTheirs: () => void }) {
  const t = usePatientsText();
  return (
    <Alert
      type="warning"
      showIcon
      title={t('staleTitle')}
      description={
        <div className="stack">
          {t('staleNote')}
          <div>
            <Button size="small" onClick={onTakeTheirs}>
              {t('takeTheirs')}
            </Button>
          </div>
        </div>
      }
    />
  );
}

/** What the other person wrote into a field that both have changed. */
function useTheirs(theirs: ReturnType<typeof useCorrection>['theirs']) {
  const t = usePatientsText();
  const names = useNames();
  const comma = useListComma();
  return (field: keyof TypedPatient): string | undefined => {
    if (!theirs?.conflicts.includes(field)) return undefined;
    if (field === 'sex') return names('sex', theirs.patient.sex);
    if (field === 'villageId') return theirs.patient.villageName ?? t('noVillage');
    const other = typedOf(theirs.patient)[field];
    if (Array.isArray(other)) return other.map((one) => one.value).join(comma);
    return other || t('numberNone');
  };
}
