import type { Sex } from '@lianzhen/contracts/patients.ts';
import { App, Button, Space } from 'antd';
import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import { useSession } from '../../api/session.ts';
import { PatientRefusal, refusedFields } from './mismatch.tsx';
import { PatientFields } from './patient-fields.tsx';
import { PatientSearch } from './patient-search.tsx';
import { PersonLine } from './person-line.tsx';
import { usePatientsText } from './texts.ts';
import { bodyOfPatient, TypedPatient, wrongIn } from './typed-patient.ts';

interface Picked {
  id: string;
  name: string;
  sex: Sex;
  birthDate: string | null;
}

interface PatientFieldProps {
  facilityId: string;
  value: Picked | null;
  onPick: (patient: Picked | null) => void;
  typed: Record<string, unknown> | null;
  onType: (typed: Record<string, unknown> | null) => void;
  hasError: boolean;
}

/** Finds a patient by a few letters or records one on the spot. A number known already leads to the person it belongs to. */
export function PatientField({ facilityId, value, onPick, typed, onType, hasError }: PatientFieldProps) {
  const t = usePatientsText();
  if (value)
    return (
      <div className="patient-picked" data-testid="picked-patient">
        <PersonLine person={value} />
        <Button size="small" onClick={() => onPick(null)}>
          {t('change')}
        </Button>
      </div>
    );
  if (typed)
    return (
      <NewPatient
        facilityId={facilityId}
        value={TypedPatient.parse(typed)}
        onChange={onType}
        onPick={onPick}
        onCancel={() => onType(null)}
      />
    );
  return (
    <PatientSearch
      hasError={hasError}
      onPick={({ id, name, sex, birthDate }) => onPick({ id, name, sex, birthDate })}
      onCreate={(q) => onType(begun(q))}
    />
  );
}

/** What was searched for begins the record: a number as the ID card, else a name. */
function begun(q: string): TypedPatient {
  const isNumber = /\d{6}/.test(q);
  const isName = /\p{Script=Han}/u.test(q);
  return TypedPatient.parse({
    name: isName ? q : '',
    identifiers: [{ type: 'id-card', issuer: '', value: isNumber ? q : '' }],
  });
}

interface NewPatientProps {
  facilityId: string;
  value: TypedPatient;
  onChange: (value: TypedPatient) => void;
  onPick: (patient: Picked) => void;
  onCancel: () => void;
}

function NewPatient({ facilityId, value, onChange, onPick, onCancel }: NewPatientProps) {
  const t = usePatientsText();
  const session = useSession();
  const { message } = App.useApp();
  const [isTried, setTried] = useState(false);
  const create = useAct('patients', 'create', {
    onSuccess: ({ existed, patient }) => {
      void message.success(t(existed ? 'existed' : 'created'));
      const { id, name, sex, birthDate } = patient;
      onPick({ id, name, sex, birthDate });
    },
  });
  const code = session.seats.find((seat) => seat.facilityId === facilityId)?.code ?? '';
  const wrong = [...(isTried ? wrongIn(value) : []), ...refusedFields(create.error)];
  const submit = () => {
    setTried(true);
    const body = bodyOfPatient(value);
    if (body) create.mutate({ ...body, facilityId });
  };
  return (
    <div data-testid="new-patient">
      <PatientFields
        value={value}
        facilityCode={code}
        wrong={wrong}
        onChange={(next) => {
          if (create.error) create.reset();
          onChange(next);
        }}
      />
      {create.error && <PatientRefusal error={create.error} />}
      <Space className="form-end">
        <Button type="primary" loading={create.isPending} onClick={submit} data-testid="create-patient">
          {t('createAndPick')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </Space>
    </div>
  );
}
