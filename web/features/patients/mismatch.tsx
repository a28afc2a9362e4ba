import { Alert } from 'antd';
import type { ApiError } from '../../api/api-error.ts';
import { useListComma } from '../../api/texts.ts';
import { Failure } from '../../ui/failure.tsx';
import { type PatientsKey, usePatientsText } from './texts.ts';

const known = ['name', 'sex', 'birthDate', 'identifiers'] as const;

/** The fields that an answer names, however it names them. */
export function refusedFields(error: ApiError | null): string[] {
  const { fields, field } = error?.details ?? {};
  const names = Array.isArray(fields) ? fields : field ? [field] : [];
  return names
    .map((one: unknown) => (typeof one === 'object' && one !== null && 'field' in one ? one.field : one))
    .filter((one) => typeof one === 'string')
    .map((one) => one.split('.')[0] ?? one);
}

/** Why a patient could not be recorded; where identities disagree, in what. */
export function PatientRefusal({ error }: { error: ApiError }) {
  const t = usePatientsText();
  const comma = useListComma();
  if (error.code !== 'identity-mismatch') return <Failure error={error} />;
  const fields = refusedFields(error)
    .map((field) => (known.includes(field as (typeof known)[number]) ? t(field as PatientsKey) : field))
    .join(comma);
  return <Alert type="error" showIcon role="alert" title={t('mismatch', { fields })} />;
}
