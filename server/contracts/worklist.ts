import { oc } from '@orpc/contract';
import { z } from 'zod';
import { AlarmState } from './ecg-alarms.ts';
import { ServiceLine, Urgency } from './facilities.ts';
import { Done, Flag, Id, Instant, Line, ListOf, Page, pageOf, Reason, RequiredLine, Revision } from './fields.ts';
import { Laterality, ReturnKind } from './orders.ts';
import { Sex } from './patients.ts';
import { Mark } from './shared-view.ts';
import type { Transitions } from './transitions.ts';

/** 未处理 未报告 报告中 未审核 审核中 驳回 已审核 退回 撤回. */
export const CaseState = z.enum([
  'waiting',
  'ready',
  'reading',
  'submitted',
  'reviewing',
  'rejected',
  'reported',
  'returned',
  'withdrawn',
]);
export type CaseState = z.infer<typeof CaseState>;
export const caseTransitions: Transitions<CaseState> = {
  waiting: ['ready', 'withdrawn', 'returned'],
  ready: ['reading', 'returned', 'withdrawn', 'waiting'],
  // Straight to reported where the centre lets a senior reader sign alone.
  reading: ['ready', 'rejected', 'submitted', 'reported', 'returned'],
  submitted: ['reviewing', 'returned'],
  reviewing: ['submitted', 'rejected', 'reported'],
  rejected: ['reading', 'returned'],
  reported: ['reading'],
  returned: ['waiting', 'ready', 'withdrawn'],
  withdrawn: [],
};
export const LeasePurpose = z.enum(['read', 'review']);
/** A lease lives this long without a heartbeat; the browser beats three times in that span. */
export const leaseSeconds = 90;

export const CaseRow = z.object({
  id: Id,
  orderId: Id,
  orderNumber: z.string(),
  line: ServiceLine,
  state: CaseState,
  urgency: Urgency,
  revision: Revision,
  patient: z.object({ id: Id, name: z.string(), sex: Sex, birthDate: z.string().nullable() }),
  exams: z.array(
    z.object({
      examName: z.string(),
      modality: z.string(),
      bodyPart: z.string(),
      /** The side that was asked for; empty where the exam has none. */
      laterality: Laterality.nullable(),
    }),
  ),
  requestingFacility: z.string(),
  submittedAt: Instant,
  readyAt: Instant.nullable(),
  dueAt: Instant.nullable(),
  isOverdue: z.boolean(),
  instanceCount: z.number().int(),
  hasLateImages: z.boolean(),
  holder: z.object({ accountId: Id, name: z.string(), purpose: LeasePurpose, until: Instant }).nullable(),
  writerId: Id.nullable(),
  writerName: z.string().nullable(),
  /** While a consultation that was made from this case is open. */
  consultation: z.object({ id: Id, number: z.string(), state: z.string() }).nullable(),
  /** Of electrocardiograms: the alarm that is open, else the last one. */
  alarm: z.object({ id: Id, state: AlarmState }).nullable(),
  traceCount: z.number().int(),
  /** The worst of the recordings that were not repeated. */
  quality: z.enum(['clean', 'warn', 'bad']).nullable(),
});
export type CaseRow = z.infer<typeof CaseRow>;

export const CaseView = CaseRow.extend({
  centreId: Id,
  purpose: z.string(),
  history: z.string(),
  diagnosisCode: z.string(),
  diagnosisText: z.string(),
  studies: z.array(
    z.object({
      id: Id,
      studyInstanceUid: z.string(),
      accessionNumber: z.string().nullable(),
      description: z.string().nullable(),
      modalities: z.array(z.string()),
      studyDate: z.string().nullable(),
      instanceCount: z.number().int(),
      revision: z.number().int(),
      lateInstances: z.number().int(),
      /** Received and kept, but not among its images: not readable, or held until a person has decided whose they are. */
      hiddenInstances: z.number().int(),
    }),
  ),
  priors: z.array(
    z.object({
      studyInstanceUid: z.string(),
      studyDate: z.string().nullable(),
      modalities: z.array(z.string()),
      description: z.string().nullable(),
      versionId: Id.nullable(),
    }),
  ),
  supplements: z.array(z.object({ text: z.string(), at: Instant, byName: z.string() })),
  events: z.array(
    z.object({ at: Instant, kind: z.string(), byName: z.string().nullable(), reason: z.string().nullable() }),
  ),
  /** Present for the one who holds the case: sent back with every heartbeat and write. */
  leaseToken: Id.nullable(),
});
export type CaseView = z.infer<typeof CaseView>;

export const WorklistQuery = z.object({
  centreId: Id.optional(),
  state: ListOf(CaseState).optional(),
  urgency: ListOf(Urgency).optional(),
  modality: ListOf(Line(16)).optional(),
  facilityId: Id.optional(),
  mine: Flag.optional(),
  overdue: Flag.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  q: Line(64).default(''),
  sort: z.enum(['priority', 'due', 'submitted', 'patient', 'state']).default('priority'),
  direction: z.enum(['asc', 'desc']).default('asc'),
});
export type WorklistQuery = z.infer<typeof WorklistQuery>;
export const SavedFilterView = z.object({ id: Id, name: z.string(), query: z.record(z.string(), z.unknown()) });

/** A measurement or drawing of a reader, as whoever reads the case after him has it. */
export const CaseMark = Mark.extend({ author: z.string(), at: Instant });
export type CaseMark = z.infer<typeof CaseMark>;

const Claimed = CaseView.extend({ leaseToken: Id });
const Held = z.object({ id: Id, leaseToken: Id });

export const worklistContract = {
  list: oc
    .route({ method: 'GET', path: '/worklist' })
    .input(
      Page.extend(WorklistQuery.shape).extend({
        /** Only what the asker may take up himself, in the counts too: no report of his own to review. */
        claimable: Flag.optional(),
        /** Of what waits for review, only what the asker may review himself; `toReview` counts it in any case. */
        reviewable: Flag.optional(),
      }),
    )
    .output(
      pageOf(CaseRow).extend({
        /** By state; of those that are over no more than `mostAhead`. */
        counts: z.record(z.string(), z.number().int()),
        toReview: z.number().int(),
        /** Those that the asker reads for. Whoever has none has no queue. */
        centres: z.array(z.object({ id: Id, line: ServiceLine, name: z.string(), nameEn: z.string().nullable() })),
      }),
    ),
  read: oc
    .route({ method: 'GET', path: '/cases/{id}' })
    .input(z.object({ id: Id }))
    .output(CaseView),
  /** Exclusive. The loser is answered `already-claimed` with the winner's name. Claiming what one holds renews it. */
  claim: oc
    .route({ method: 'POST', path: '/cases/{id}/claim' })
    .input(z.object({ id: Id, purpose: LeasePurpose.optional() }))
    .output(Claimed),
  /** The first case by the given filter that is free, claimed at once; empty where nothing waits. */
  next: oc
    .route({ method: 'POST', path: '/worklist/next' })
    .input(
      z.object({
        query: WorklistQuery.partial().default({}),
        purpose: LeasePurpose.default('read'),
        after: Id.optional(),
      }),
    )
    .output(z.object({ case: Claimed.nullable() })),
  heartbeat: oc
    .route({ method: 'POST', path: '/cases/{id}/heartbeat' })
    .input(Held)
    .output(z.object({ until: Instant })),
  release: oc.route({ method: 'POST', path: '/cases/{id}/release' }).input(Held).output(Done),
  takeOver: oc
    .route({ method: 'POST', path: '/cases/{id}/take-over' })
    .input(z.object({ id: Id, reason: Reason }))
    .output(Claimed),
  returnCase: oc
    .route({ method: 'POST', path: '/cases/{id}/return' })
    .input(
      z.object({
        id: Id,
        leaseToken: Id.optional(),
        kind: ReturnKind,
        reason: Reason,
      }),
    )
    .output(CaseView),
  marks: oc
    .route({ method: 'GET', path: '/cases/{id}/marks' })
    .input(z.object({ id: Id }))
    .output(z.array(CaseMark)),
  /** The holder's alone. One that is there already is changed, and is then his who changed it. */
  placeMark: oc
    .route({ method: 'PUT', path: '/cases/{id}/marks/{markId}' })
    .input(Held.extend({ markId: Id, mark: Mark.omit({ id: true }) }))
    .output(Done),
  removeMark: oc
    .route({ method: 'DELETE', path: '/cases/{id}/marks/{markId}' })
    .input(Held.extend({ markId: Id }))
    .output(Done),
  filters: oc.route({ method: 'GET', path: '/worklist-filters' }).output(z.array(SavedFilterView)),
  saveFilter: oc
    .route({ method: 'PUT', path: '/worklist-filters' })
    .input(z.object({ name: RequiredLine(40), query: z.record(z.string().max(20), z.unknown()) }))
    .output(SavedFilterView),
  removeFilter: oc
    .route({ method: 'DELETE', path: '/worklist-filters/{id}' })
    .input(z.object({ id: Id }))
    .output(Done),
};
