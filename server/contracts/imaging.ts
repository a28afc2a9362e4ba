import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Id, Instant, Line, ListOf, Page, pageOf, Reason } from './fields.ts';
import type { Transitions } from './transitions.ts';

/** receiving: images come in; settled: quiet for a while; unmatched: no order found; quarantined: a person must decide. */
export const StudyState = z.enum(['receiving', 'unmatched', 'quarantined', 'matched', 'rejected']);
export type StudyState = z.infer<typeof StudyState>;
export const studyTransitions: Transitions<StudyState> = {
  receiving: ['unmatched', 'quarantined', 'matched'],
  unmatched: ['matched', 'quarantined', 'rejected'],
  quarantined: ['matched', 'unmatched', 'rejected'],
  matched: ['unmatched'],
  rejected: ['unmatched'],
};
export const QuarantineKind = z.enum(['same-uid-other-bytes', 'demographics', 'foreign-study', 'unreadable']);
export type QuarantineKind = z.infer<typeof QuarantineKind>;
/** acknowledged: somebody took note of what nobody can accept or refuse, for all images that the item asks about. */
export const QuarantineState = z.enum(['open', 'accepted', 'acknowledged', 'rejected']);
export type QuarantineState = z.infer<typeof QuarantineState>;

export const PersonName = z.object({
  Alphabetic: z.string().optional(),
  Ideographic: z.string().optional(),
  Phonetic: z.string().optional(),
});
export type PersonName = z.infer<typeof PersonName>;

export const StudyRow = z.object({
  id: Id,
  studyInstanceUid: z.string(),
  state: StudyState,
  revision: z.number().int(),
  facilityName: z.string(),
  headerName: PersonName.nullable(),
  headerPatientId: z.string().nullable(),
  headerSex: z.string().nullable(),
  headerBirthDate: z.string().nullable(),
  accessionNumber: z.string().nullable(),
  description: z.string().nullable(),
  modalities: z.array(z.string()),
  studyDate: z.string().nullable(),
  seriesCount: z.number().int(),
  instanceCount: z.number().int(),
  lateInstances: z.number().int(),
  receivedAt: Instant,
  orderId: Id.nullable(),
  orderNumber: z.string().nullable(),
  charset: z.string().nullable(),
});
export type StudyRow = z.infer<typeof StudyRow>;
/** As the list shows it to somebody. */
export const StudyListed = StudyRow.extend({ canDetach: z.boolean() });
export type StudyListed = z.infer<typeof StudyListed>;

export const Difference = z.object({ field: z.string(), header: z.string(), order: z.string() });
export type Difference = z.infer<typeof Difference>;
export const QuarantineView = z.object({
  id: Id,
  kind: QuarantineKind,
  state: QuarantineState,
  facilityName: z.string(),
  study: StudyRow.nullable(),
  sopInstanceUid: z.string().nullable(),
  /** How many images it asks about, and the first of them with their numbers in the study. */
  imageCount: z.number().int(),
  images: z.array(
    z.object({ sopInstanceUid: z.string(), seriesNumber: z.number().nullable(), number: z.number().nullable() }),
  ),
  order: z
    .object({
      id: Id,
      number: z.string(),
      accessionNumber: z.string(),
      examName: z.string(),
      patient: z.object({
        id: Id,
        name: z.string(),
        sex: z.string(),
        birthDate: z.string().nullable(),
        identifiers: z.array(z.string()),
      }),
    })
    .nullable(),
  differences: z.array(Difference),
  reason: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: Instant.nullable(),
  createdAt: Instant,
});
export type QuarantineView = z.infer<typeof QuarantineView>;

/** An exam that a study may be attached to, and where its patient and the header of the images disagree. */
export const AttachableExam = z.object({
  id: Id,
  examName: z.string(),
  accessionNumber: z.string(),
  hasImages: z.boolean(),
  order: z.object({ id: Id, number: z.string(), facilityName: z.string(), submittedAt: Instant }),
  patient: z.object({
    name: z.string(),
    sex: z.string(),
    birthDate: z.string().nullable(),
    identifiers: z.array(z.string()),
  }),
  differences: z.array(Difference),
});
export type AttachableExam = z.infer<typeof AttachableExam>;

/** In `Instance.indexError`: an image that names another patient waits for the decision about this quarantine item. */
export const heldBackBy = (quarantineId: string): string => `held-back ${quarantineId}`;

/** A device's override as (0008,0005) would say it: the ISO 2022 sets extend the default repertoire. */
export const charsetTerms = (override: string): string[] =>
  override.startsWith('ISO 2022') ? ['', override] : [override];

export const imagingContract = {
  studies: oc
    .route({ method: 'GET', path: '/studies' })
    .input(Page.extend({ state: ListOf(StudyState).optional(), q: Line(64).default('') }))
    .output(pageOf(StudyListed)),
  quarantine: oc
    .route({ method: 'GET', path: '/quarantine' })
    .input(Page.extend({ state: QuarantineState.default('open') }))
    .output(pageOf(QuarantineView)),
  /**
   * accept: the images do belong to this order's patient; reject: they do not. Files that could not be read are tried again
   * where it is accepted. Of anything else one can only take note: either decision keeps what was there first.
   */
  decideQuarantine: oc
    .route({ method: 'POST', path: '/quarantine/{id}/decide' })
    .input(z.object({ id: Id, decision: z.enum(['accept', 'reject']), reason: Reason }))
    .output(QuarantineView),
  /** The exams of open requests whose images one's house answers for: first those whose patient the header may mean. */
  attachable: oc
    .route({ method: 'GET', path: '/studies/{id}/attachable' })
    .input(z.object({ id: Id, q: Line(64).default('') }))
    .output(z.object({ rows: z.array(AttachableExam), hasMore: z.boolean() })),
  attachStudy: oc
    .route({ method: 'POST', path: '/studies/{id}/attach' })
    .input(z.object({ id: Id, orderExamId: Id, reason: Reason }))
    .output(StudyRow),
  detachStudy: oc
    .route({ method: 'POST', path: '/studies/{id}/detach' })
    .input(z.object({ id: Id, reason: Reason }))
    .output(StudyRow),
};
