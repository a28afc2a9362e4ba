import { canonicalJson } from '@lianzhen/contracts/canonical-json.ts';
import { Specialty } from '@lianzhen/contracts/consultation-experts.ts';
import {
  AttachmentBody,
  ConsultationBody,
  ConsultationKind,
  InviteeBody,
} from '@lianzhen/contracts/consultation-request.ts';
import { Urgency } from '@lianzhen/contracts/facilities.ts';
import { Title } from '@lianzhen/contracts/identity.ts';
import { ConsentMethod, ConsentRelation } from '@lianzhen/contracts/orders.ts';
import { z } from 'zod';
import type { DraftKind } from '../../api/drafts/draft-kind.ts';

const typed = z.string().catch('').default('');
const emptyConsent = { signer: '', relation: null, method: null, givenAt: '' };
const now = { kind: 'immediate' as const, at: '' };
const nothing = { studyIds: [], orderIds: [], versionIds: [] };

/** A request as it is being typed: the body that is sent, with everything allowed to be missing still. */
export const RequestDraft = z.object({
  key: typed,
  facilityId: typed,
  patientId: typed,
  /** What was typed of a patient who is not recorded yet. */
  newPatient: z.record(z.string(), z.unknown()).nullable().catch(null).default(null),
  kind: ConsultationKind.catch('single').default('single'),
  urgency: Urgency.catch('routine').default('routine'),
  reason: typed,
  purpose: typed,
  time: z
    .object({ kind: z.enum(['immediate', 'appointment']), at: typed })
    .catch(now)
    .default(now),
  summary: typed,
  specialty: Specialty.nullable().catch(null).default(null),
  title: Title.nullable().catch(null).default(null),
  diagnosisText: typed,
  invitees: z.array(InviteeBody).catch([]).default([]),
  attachments: AttachmentBody.catch(nothing).default(nothing),
  reportDraft: typed,
  consent: z
    .object({
      signer: typed,
      relation: ConsentRelation.nullable().catch(null).default(null),
      method: ConsentMethod.nullable().catch(null).default(null),
      givenAt: typed,
    })
    .catch(emptyConsent)
    .default(emptyConsent),
  caseId: z.string().nullable().catch(null).default(null),
});
export type RequestDraft = z.infer<typeof RequestDraft>;

export const requestDrafts: DraftKind<RequestDraft> = {
  word: 'consultation',
  read: (content) => RequestDraft.parse(content),
  hasContent(draft) {
    const { key, facilityId } = draft;
    return canonicalJson(draft) !== canonicalJson(RequestDraft.parse({ key, facilityId }));
  },
};

/** The places of the form, in its order; what is missing is named by one of these. */
export const requestFields = [
  'patientId',
  'reason',
  'purpose',
  'summary',
  'time',
  'specialty',
  'title',
  'invitees',
  'consent',
] as const;
export type RequestField = (typeof requestFields)[number];
const isField = (name: unknown): name is RequestField => requestFields.includes(name as RequestField);

/** What is sent, or the fields that keep it from being sent: the contract itself says what is missing. */
export function bodyOf(draft: RequestDraft): { body: ConsultationBody } | { missing: RequestField[] } {
  const { key: _, newPatient: __, time, ...rest } = draft;
  const body = ConsultationBody.safeParse({
    ...rest,
    time: time.kind === 'immediate' ? { kind: 'immediate' } : time,
    diagnosisText: draft.diagnosisText.slice(0, 200),
  });
  if (body.success) return { body: body.data };
  const named = new Set(body.error.issues.map(({ path }) => path[0]).filter(isField));
  return { missing: requestFields.filter((field) => named.has(field)) };
}

/** Where the form's fields are found again by the summary at the button. */
export const anchorOf = (field: RequestField): string => `consultation-field-${field}`;
