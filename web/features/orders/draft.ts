import { ServiceLine, Urgency } from '@lianzhen/contracts/facilities.ts';
import { ConsentMethod, ConsentRelation, Laterality, type OrderBody } from '@lianzhen/contracts/orders.ts';
import { Sex } from '@lianzhen/contracts/patients.ts';
import { z } from 'zod';
import type { DraftKind } from '../../api/drafts/draft-kind.ts';

const typed = z.string().catch('').default('');

const DraftPatient = z.object({ id: z.string(), name: z.string(), sex: Sex, birthDate: z.string().nullable() });
export type DraftPatient = z.infer<typeof DraftPatient>;
const DraftExam = z.object({
  code: z.string(),
  name: z.string(),
  modality: z.string(),
  hasSides: z.boolean(),
  laterality: Laterality.nullable(),
});
export type DraftExam = z.infer<typeof DraftExam>;

/**
 * A request as it is being typed: everything may be missing. It is kept as free content by the hub, so reading it back
 * takes what is understood and leaves the rest; a draft of an older page still opens.
 */
export const OrderDraft = z.object({
  /** Made by the page that began the draft, so that a draft whose first save went unanswered is found again. */
  key: typed,
  facilityId: typed,
  line: ServiceLine.catch('imaging').default('imaging'),
  patient: DraftPatient.nullable().catch(null).default(null),
  /** What was typed of a patient who is not recorded yet. */
  newPatient: z.record(z.string(), z.unknown()).nullable().catch(null).default(null),
  centreId: typed,
  exams: z.array(DraftExam).max(10).catch([]).default([]),
  urgency: Urgency.catch('routine').default('routine'),
  purpose: typed,
  history: typed,
  diagnosisCode: typed,
  diagnosisText: typed,
  department: typed,
  visitNumber: typed,
  consentSigner: typed,
  consentRelation: ConsentRelation.nullable().catch(null).default(null),
  consentMethod: ConsentMethod.nullable().catch(null).default(null),
  consentAt: typed,
  pairedFacilityId: typed,
});
export type OrderDraft = z.infer<typeof OrderDraft>;

/** Whether anything was put in that is worth keeping. */
function hasContent(draft: OrderDraft): boolean {
  const { key: _, facilityId: __, line: ___, centreId: ____, urgency, ...rest } = draft;
  if (urgency !== 'routine') return true;
  return Object.values(rest).some((value) => (Array.isArray(value) ? value.length > 0 : Boolean(value)));
}

export const orderDrafts: DraftKind<OrderDraft> = {
  word: 'orders',
  read: (content) => OrderDraft.parse(content),
  hasContent,
};

export const emptyDraft = (key: string, facilityId: string): OrderDraft => OrderDraft.parse({ key, facilityId });

/** The places of the form, in its order; an error is shown at one of these. */
export const draftFields = [
  'patient',
  'exams',
  'sides',
  'centre',
  'purpose',
  'history',
  'diagnosis',
  'consentSigner',
  'consentRelation',
  'consentMethod',
  'consentAt',
  'paired',
] as const;
export type DraftField = (typeof draftFields)[number];

/** What a request still lacks (远程会诊 2014 opinion), in the order of the form. */
export function missingIn(draft: OrderDraft): DraftField[] {
  const lacks: Record<DraftField, boolean> = {
    patient: !draft.patient,
    exams: draft.exams.length === 0,
    sides: draft.exams.some((exam) => exam.hasSides && !exam.laterality),
    centre: !draft.centreId,
    purpose: !draft.purpose.trim(),
    history: !draft.history.trim(),
    diagnosis: !draft.diagnosisCode || !draft.diagnosisText.trim(),
    consentSigner: !draft.consentSigner.trim(),
    consentRelation: !draft.consentRelation,
    consentMethod: !draft.consentMethod,
    consentAt: !draft.consentAt,
    // May be left empty, and refused.
    paired: false,
  };
  return draftFields.filter((field) => lacks[field]);
}

/** @returns what is sent, or undefined while something is missing. */
export function bodyOf(draft: OrderDraft): z.input<typeof OrderBody> | undefined {
  const { patient, consentRelation, consentMethod } = draft;
  if (missingIn(draft).length || !patient || !consentRelation || !consentMethod) return undefined;
  return {
    facilityId: draft.facilityId,
    patientId: patient.id,
    centreId: draft.centreId,
    exams: draft.exams.map((exam) => ({ examCode: exam.code, laterality: exam.laterality })),
    urgency: draft.urgency,
    purpose: draft.purpose,
    history: draft.history,
    diagnosisCode: draft.diagnosisCode,
    diagnosisText: draft.diagnosisText,
    department: draft.department,
    visitNumber: draft.visitNumber,
    consent: {
      signer: draft.consentSigner,
      relation: consentRelation,
      method: consentMethod,
      givenAt: draft.consentAt,
    },
    ...(draft.pairedFacilityId ? { pairedFacilityId: draft.pairedFacilityId } : {}),
  };
}
