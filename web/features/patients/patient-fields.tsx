import { Input, Radio } from 'antd';
import { useOptions } from '../../api/vocabulary.ts';
import { BirthDate } from './birth-date.tsx';
import { ContactFields } from './contact-fields.tsx';
import { IdentifierRows } from './identifier-rows.tsx';
import { usePatientsText } from './texts.ts';
import { idCardOf, type PatientField, type TypedPatient, withIdCardFacts } from './typed-patient.ts';
import './patients.css';
import { Field } from '../../ui/field.tsx';

interface PatientFieldsProps {
  value: TypedPatient;
  onChange: (value: TypedPatient) => void;
  facilityCode: string;
  /** Fields to be marked, once saving was tried or refused. */
  wrong: readonly string[];
  /** What stands beside a field: another person's newer value. */
  beside?: (field: keyof TypedPatient) => string | undefined;
}

/** The data of a patient, the ID card first: it fills in the rest and shows a slip at once. */
export function PatientFields({ value, onChange, facilityCode, wrong, beside }: PatientFieldsProps) {
  const t = usePatientsText();
  const sexes = useOptions('sex');
  const set = (part: Partial<TypedPatient>) => onChange({ ...value, ...part });
  const idCard = idCardOf(value);
  const help = (field: PatientField | 'phone' | 'address' | 'villageId', text?: string) => {
    const theirs = beside?.(field);
    return wrong.includes(field)
      ? text
      : theirs && <span className="field-error">{t('staleTheirs', { value: theirs })}</span>;
  };
  const status = (field: string) => (wrong.includes(field) ? 'error' : '');
  return (
    <>
      <Field
        label={t('identifiers')}
        required
        validateStatus={status('identifiers')}
        help={help('identifiers', t('needNumber')) ?? (idCard ? t('fromIdCard') : undefined)}
      >
        <IdentifierRows
          rows={value.identifiers}
          facilityCode={facilityCode}
          idCard={idCard}
          hasError={wrong.includes('identifiers')}
          onChange={(identifiers) => onChange(withIdCardFacts({ ...value, identifiers }))}
        />
      </Field>
      <div className="patient-grid">
        <Field label={t('name')} required validateStatus={status('name')} help={help('name', t('needName'))}>
          <Input
            data-testid="patient-name"
            autoComplete="off"
            maxLength={64}
            value={value.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <Field label={t('sex')} required validateStatus={status('sex')} help={help('sex', t('needSex'))}>
          <Radio.Group
            optionType="button"
            data-testid="patient-sex"
            value={value.sex}
            options={sexes}
            onChange={(event) => set({ sex: event.target.value as TypedPatient['sex'] })}
          />
        </Field>
        <Field label={t('birthDate')} validateStatus={status('birthDate')} help={help('birthDate', t('needBirthDate'))}>
          <BirthDate value={value.birthDate} onChange={(birthDate) => set({ birthDate })} />
        </Field>
        <ContactFields value={value} onChange={set} help={help} />
      </div>
    </>
  );
}
