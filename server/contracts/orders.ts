import { oc } from '@orpc/contract';
import { z } from 'zod';
import { ServiceLine, Urgency } from './facilities.ts';
import {
  Done,
  Id,
  Instant,
  Line,
  ListOf,
  Page,
  pageOf,
  Reason,
  RequiredLine,
  RequiredText,
  Revision,
} from './fields.ts';
import { Sex } from './patients.ts';
import type { Transitions } from './transitions.ts';

export const OrderState = z.enum(['submitted', 'returned', 'withdrawn', 'completed']);
export type OrderState = z.infer<typeof OrderState>;
export const orderTransitions: Transitions<OrderState> = {
  submitted: ['returned', 'withdrawn', 'completed'],
  returned: ['submitted', 'withdrawn'],
  withdrawn: [],
  completed: [],
};

/** Why a centre sent a request back. Its own words stand beside it. */
export const ReturnKind = z.enum(['bad-quality', 'missing-data', 'wrong-exam', 'other']);
export type ReturnKind = z.infer<typeof ReturnKind>;
/** Those that new images answer: the machines are offered the exams again. The others are answered in words. */
export const kindsForImages: ReturnKind[] = ['bad-quality', 'wrong-exam'];

export const ConsentRelation = z.enum(['self', 'guardian', 'spouse', 'child', 'parent', 'sibling', 'other-relative']);
export const ConsentMethod = z.enum(['written', 'electronic', 'verbal-recorded', 'emergency']);
export const ConsentBody = z.object({
  signer: RequiredLine(64),
  relation: ConsentRelation,
  method: ConsentMethod,
  givenAt: Instant,
});
export const Laterality = z.enum(['left', 'right', 'both']);
export const ExamBody = z.object({ examCode: RequiredLine(40), laterality: Laterality.nullable().default(null) });

/** Everything the 2014 opinion asks of a request; the answer names each missing item. */
export const OrderBody = z.object({
  facilityId: Id,
  patientId: Id,
  centreId: Id,
  exams: z.array(ExamBody).min(1).max(10),
  urgency: Urgency,
  purpose: RequiredText(2000),
  history: RequiredText(4000),
  diagnosisCode: RequiredLine(20),
  diagnosisText: RequiredLine(200),
  department: Line(60).optional(),
  visitNumber: Line(40).optional(),
  consent: ConsentBody,
  /** The patient's hospital of a pairing that takes part and receives the result. */
  pairedFacilityId: Id.optional(),
});
export type OrderBody = z.infer<typeof OrderBody>;
/** What is being typed may be incomplete and wrong; it is only bounded. */
export const DraftContent = z
  .record(z.string().max(40), z.unknown())
  .refine((draft) => JSON.stringify(draft).length <= 32_768, 'too-large');

export const ExamView = z.object({
  id: Id,
  accessionNumber: z.string(),
  examCode: z.string(),
  examName: z.string(),
  modality: z.string(),
  bodyPart: z.string(),
  laterality: Laterality.nullable(),
  state: z.enum(['scheduled', 'acquired', 'cancelled']),
  studies: z.array(
    z.object({
      id: Id,
      studyInstanceUid: z.string(),
      seriesCount: z.number(),
      instanceCount: z.number(),
      state: z.string(),
    }),
  ),
});

/** Where the request is, in the sender's words. */
export const Progress = z.object({
  step: z.enum([
    'waiting-for-images',
    'in-quarantine',
    'in-queue',
    'being-read',
    'in-review',
    'reported',
    'returned',
    'withdrawn',
  ]),
  /** Who has it now: a person's display name or a centre. */
  holder: z.string().nullable(),
  waitsFor: z.enum(['images', 'identity-decision', 'reader', 'reviewer', 'supplement', 'nothing']),
  readyAt: Instant.nullable(),
  /** The latest time of the reviewed report; empty until the data is complete. */
  dueAt: Instant.nullable(),
  deadlineMinutes: z.number().int(),
  /** How many cases of the centre stand before this one. */
  ahead: z.number().int().nullable(),
  isOverdue: z.boolean(),
});
export const OrderRow = z.object({
  id: Id,
  number: z.string(),
  line: ServiceLine,
  state: OrderState,
  urgency: Urgency,
  patient: z.object({ id: Id, name: z.string(), sex: Sex, birthDate: z.string().nullable() }),
  exams: z.array(z.object({ examName: z.string(), modality: z.string(), accessionNumber: z.string() })),
  centreName: z.string(),
  requesterName: z.string().nullable(),
  submittedAt: Instant,
  progress: Progress,
  /** While it is returned. */
  returnedKind: ReturnKind.nullable(),
  hasUnreadResult: z.boolean(),
});
export const OrderView = OrderRow.omit({ exams: true }).extend({
  revision: Revision,
  purpose: z.string(),
  history: z.string(),
  diagnosisCode: z.string(),
  diagnosisText: z.string(),
  department: z.string().nullable(),
  visitNumber: z.string().nullable(),
  requestingFacility: z.object({ id: Id, name: z.string() }),
  consent: ConsentBody.nullable(),
  exams: z.array(ExamView),
  /** Images came after the case was complete, and no signed report has been written since. */
  hasLateImages: z.boolean(),
  supplements: z.array(z.object({ id: Id, text: z.string(), at: Instant, byName: z.string() })),
  supplementAskedAt: Instant.nullable(),
  withdrawnReason: z.string().nullable(),
  returnedReason: z.string().nullable(),
  caseId: Id,
  events: z.array(
    z.object({ at: Instant, kind: z.string(), byName: z.string().nullable(), reason: z.string().nullable() }),
  ),
  latestVersionId: Id.nullable(),
});
export type OrderView = z.infer<typeof OrderView>;
export const DraftView = z.object({ id: Id, content: DraftContent, revision: Revision, updatedAt: Instant });

/** An address (10.1.2.3) or a network (10.1.0.0/16) that a hospital's system may come from. */
const Network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
/** A system that sends orders over MLLP: MSH-3 and MSH-4 are all that it says of itself. */
export const Hl7SenderBody = z.object({
  facilityId: Id,
  application: RequiredLine(60),
  sendingFacility: RequiredLine(60),
  addresses: z.array(Network).min(1).max(20),
});
export const Hl7SenderView = Hl7SenderBody.extend({
  id: Id,
  addresses: z.array(z.string()),
  lastSeenAt: Instant.nullable(),
});

export const ordersContract = {
  catalogue: oc
    .route({ method: 'GET', path: '/exam-catalogue' })
    .input(z.object({ line: ServiceLine.default('imaging'), q: Line(40).default('') }))
    .output(
      z.array(
        z.object({
          code: z.string(),
          name: z.string(),
          nameEn: z.string(),
          modality: z.string(),
          bodyPart: z.string(),
          bodyPartName: z.string(),
          hasSides: z.boolean(),
        }),
      ),
    ),
  diagnoses: oc
    .route({ method: 'GET', path: '/diagnoses' })
    .input(z.object({ q: Line(40) }))
    .output(z.array(z.object({ code: z.string(), name: z.string() }))),
  drafts: oc.route({ method: 'GET', path: '/order-drafts' }).output(z.array(DraftView)),
  createDraft: oc
    .route({ method: 'POST', path: '/order-drafts', successStatus: 201 })
    .input(z.object({ facilityId: Id, content: DraftContent }))
    .output(DraftView),
  saveDraft: oc
    .route({ method: 'PUT', path: '/order-drafts/{id}' })
    .input(z.object({ id: Id, revision: Revision, content: DraftContent }))
    .output(DraftView),
  discardDraft: oc
    .route({ method: 'DELETE', path: '/order-drafts/{id}' })
    .input(z.object({ id: Id }))
    .output(Done),
  send: oc
    .route({ method: 'POST', path: '/orders', successStatus: 201 })
    .input(OrderBody.extend({ draftId: Id.optional() }))
    .output(OrderView),
  list: oc
    .route({ method: 'GET', path: '/orders' })
    .input(Page.extend({ state: ListOf(OrderState).optional(), q: Line(64).default(''), patientId: Id.optional() }))
    .output(pageOf(OrderRow)),
  read: oc
    .route({ method: 'GET', path: '/orders/{id}' })
    .input(z.object({ id: Id }))
    .output(OrderView),
  withdraw: oc
    .route({ method: 'POST', path: '/orders/{id}/withdraw' })
    .input(z.object({ id: Id, revision: Revision, reason: Reason }))
    .output(OrderView),
  /** Adds to the request; a returned one goes back into the queue. */
  supplement: oc
    .route({ method: 'POST', path: '/orders/{id}/supplement' })
    .input(z.object({ id: Id, text: RequiredText(4000) }))
    .output(OrderView),
  senders: oc.route({ method: 'GET', path: '/hl7-senders' }).output(z.array(Hl7SenderView)),
  registerSender: oc
    .route({ method: 'POST', path: '/hl7-senders', successStatus: 201 })
    .input(Hl7SenderBody)
    .output(Hl7SenderView),
  removeSender: oc
    .route({ method: 'DELETE', path: '/hl7-senders/{id}' })
    .input(z.object({ id: Id }))
    .output(Done),
};
