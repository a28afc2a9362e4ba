import type { ApiError } from '../../api/api-error.ts';
import type { DraftField } from './draft.ts';

const places: Record<string, DraftField> = {
  patientId: 'patient',
  patient: 'patient',
  exams: 'exams',
  laterality: 'sides',
  centreId: 'centre',
  centre: 'centre',
  purpose: 'purpose',
  history: 'history',
  diagnosisCode: 'diagnosis',
  diagnosisText: 'diagnosis',
  diagnosis: 'diagnosis',
  'consent.signer': 'consentSigner',
  'consent.relation': 'consentRelation',
  'consent.method': 'consentMethod',
  'consent.givenAt': 'consentAt',
  consent: 'consentSigner',
  pairedFacilityId: 'paired',
};

function placeOf(path: string): DraftField | undefined {
  if (/^exams\.\d+\.laterality$/.test(path)) return 'sides';
  return places[path] ?? places[path.split('.')[0] ?? ''];
}

/** Names of fields in whatever form the answer gives them: a word, a list of words or `{ field }`, or a table. */
function namesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('field' in value) return namesIn(value.field);
  return Object.keys(value);
}

/**
 * Where in the form a refusal belongs. A refusal that names no field is placed by its code; one that belongs nowhere
 * is shown at the button only.
 */
export function fieldsOf(error: ApiError): Set<DraftField> {
  const named = [...namesIn(error.details.fields), ...namesIn(error.details.missing), ...namesIn(error.details.field)];
  const fields = new Set(named.map(placeOf).filter((field) => field !== undefined));
  if (error.code === 'no-agreement' && !fields.size) fields.add('centre');
  if (error.code === 'consent-missing' && !fields.size) fields.add('consentSigner');
  return fields;
}
