import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Day, Done, Id, Instant, Line, Page, pageOf, Reason, RequiredLine, Revision } from './fields.ts';

/** GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 not stated. */
export const Sex = z.enum(['male', 'female', 'unknown', 'unstated']);
export type Sex = z.infer<typeof Sex>;
export const IdentifierType = z.enum(['id-card', 'health-card', 'passport', 'mrn', 'birth-certificate', 'other']);
export type IdentifierType = z.infer<typeof IdentifierType>;
/** `issuer` is a fixed word for national numbers, a region for health cards, a facility code for record numbers. */
export const Identifier = z.object({ type: IdentifierType, issuer: RequiredLine(60), value: RequiredLine(64) });
export type Identifier = z.infer<typeof Identifier>;

export const PatientBody = z.object({
  name: RequiredLine(64),
  sex: Sex,
  birthDate: Day.nullable(),
  phone: Line(32).optional(),
  address: Line(200).optional(),
  villageId: Id.nullable().optional(),
  identifiers: z.array(Identifier).min(1).max(10),
});
export type PatientBody = z.infer<typeof PatientBody>;

export const PatientView = z.object({
  id: Id,
  name: z.string(),
  namePinyin: z.string(),
  sex: Sex,
  birthDate: Day.nullable(),
  phone: z.string().nullable(),
  address: z.string().nullable(),
  villageId: Id.nullable(),
  villageName: z.string().nullable(),
  /** Values are masked (first four, last four) unless `revealed`. */
  identifiers: z.array(Identifier.extend({ id: Id, verified: z.boolean() })),
  revealed: z.boolean(),
  mergedIntoId: Id.nullable(),
  revision: Revision,
  hasOpenDuplicates: z.boolean(),
});
export type PatientView = z.infer<typeof PatientView>;
export const PatientRow = PatientView.omit({
  address: true,
  villageId: true,
  mergedIntoId: true,
  revision: true,
  revealed: true,
});

export const Evidence = z.object({
  field: z.string(),
  first: z.string(),
  second: z.string(),
  verdict: z.enum(['same', 'similar', 'different']),
});
export const DuplicateView = z.object({
  id: Id,
  score: z.number().int(),
  evidence: z.array(Evidence),
  first: PatientView,
  second: PatientView,
  createdAt: Instant,
});
export const MergeView = z.object({
  id: Id,
  survivorId: Id,
  mergedId: Id,
  mergedName: z.string(),
  reason: z.string(),
  mergedAt: Instant,
  splitAt: Instant.nullable(),
});

export const patientsContract = {
  search: oc
    .route({ method: 'GET', path: '/patients' })
    .input(Page.extend({ q: Line(64).default('') }))
    .output(pageOf(PatientRow)),
  read: oc
    .route({ method: 'GET', path: '/patients/{id}' })
    .input(z.object({ id: Id, reveal: z.stringbool().optional() }))
    .output(PatientView.extend({ merges: z.array(MergeView) })),
  /** A number that is known already answers with that patient and `existed: true`; nothing is doubled or overwritten. */
  create: oc
    .route({ method: 'POST', path: '/patients' })
    .input(PatientBody.extend({ facilityId: Id }))
    .output(z.object({ existed: z.boolean(), patient: PatientView })),
  update: oc
    .route({ method: 'PUT', path: '/patients/{id}' })
    .input(PatientBody.extend({ id: Id, revision: Revision }))
    .output(PatientView),
  duplicates: oc.route({ method: 'GET', path: '/duplicates' }).output(z.array(DuplicateView)),
  dismissDuplicate: oc
    .route({ method: 'POST', path: '/duplicates/{id}/dismiss' })
    .input(z.object({ id: Id, reason: Reason }))
    .output(Done),
  merge: oc
    .route({ method: 'POST', path: '/duplicates/{id}/merge' })
    .input(z.object({ id: Id, survivorId: Id, reason: Reason }))
    .output(MergeView),
  split: oc
    .route({ method: 'POST', path: '/merges/{id}/split' })
    .input(z.object({ id: Id, reason: Reason }))
    .output(MergeView),
};
