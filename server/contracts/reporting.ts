import { oc } from '@orpc/contract';
import { z } from 'zod';
import { EcgPart } from './ecg-report.ts';
import { ServiceLine } from './facilities.ts';
import { Done, Id, Instant, Line, Reason, RequiredLine, Revision, Text } from './fields.ts';
import { OpinionEvidence } from './opinion-evidence.ts';
import { Sex } from './patients.ts';
import { Signatures } from './signatures.ts';
import type { Transitions } from './transitions.ts';

export const ReportState = z.enum(['draft', 'submitted', 'rejected', 'final']);
export type ReportState = z.infer<typeof ReportState>;
/**
 * A final report goes back to draft only as an amendment; the signed version stays. That an amendment may be given up is
 * not of this table, which says what may be signed: see `isOpenCorrection`.
 */
export const reportTransitions: Transitions<ReportState> = {
  draft: ['submitted'],
  submitted: ['rejected', 'final', 'draft'],
  rejected: ['draft', 'submitted'],
  final: ['draft'],
};
export const VersionKind = z.enum(['preliminary', 'final', 'corrected']);
export type VersionKind = z.infer<typeof VersionKind>;

const Signer = z.object({
  id: Id,
  name: z.string(),
  title: z.string().nullable(),
  licenceNumber: z.string().nullable(),
});
const Party = z.object({ id: Id, code: z.string(), name: z.string() });

/** Whose a report is, as it is written on it. */
export const ReportPatient = z.object({
  id: Id,
  name: z.string(),
  namePinyin: z.string(),
  sex: Sex,
  birthDate: z.string().nullable(),
  identifiers: z.array(z.object({ type: z.string(), issuer: z.string(), value: z.string() })),
});

/**
 * What is signed, complete in itself: every form (PDF, HL7, FHIR, screen) is made from this and nothing else.
 * Its hash is SHA-256 over the canonical JSON (contracts/canonical-json.ts).
 */
export const ReportContent = z.object({
  schema: z.literal(1),
  reportId: Id,
  versionNumber: z.number().int().min(1),
  kind: VersionKind,
  replacesVersion: z.number().int().nullable(),
  amendmentReason: z.string().nullable(),
  patient: ReportPatient,
  /** Never part of what is signed: see identity-correction.ts. */
  identityCorrection: z.object({ number: z.number().int().min(1), at: Instant }).optional(),
  order: z.object({
    id: Id,
    number: z.string(),
    placerNumber: z.string().nullable(),
    submittedAt: Instant,
    urgency: z.string(),
    purpose: z.string(),
    history: z.string(),
    diagnosisCode: z.string(),
    diagnosisText: z.string(),
    department: z.string().nullable(),
    visitNumber: z.string().nullable(),
    requester: z.string().nullable(),
    requestingFacility: Party,
  }),
  exams: z
    .array(
      z.object({
        accessionNumber: z.string(),
        examCode: z.string(),
        examName: z.string(),
        modality: z.string(),
        bodyPart: z.string(),
        laterality: z.string().nullable(),
        studies: z.array(
          z.object({
            studyInstanceUid: z.string(),
            studyDate: z.string().nullable(),
            modalities: z.array(z.string()),
            seriesCount: z.number().int(),
            instanceCount: z.number().int(),
            revision: z.number().int(),
          }),
        ),
      }),
    )
    .min(1),
  centre: z.object({ id: Id, name: z.string(), line: ServiceLine, facility: Party }),
  /** Only in the opinion of a live consultation: its session and who took part. */
  consultation: z
    .object({
      kind: z.string(),
      specialty: z.string(),
      reason: z.string(),
      startedAt: Instant.nullable(),
      endedAt: Instant.nullable(),
      durationSeconds: z.number().int().min(0),
      experts: z.array(Signer.extend({ facilityName: z.string() })),
      participants: z.array(z.object({ name: z.string(), facilityName: z.string() })),
      /** Only where the room left marks. */
      evidence: OpinionEvidence.optional(),
    })
    .optional(),
  /** Only of an electrocardiogram. */
  ecg: EcgPart.optional(),
  findings: z.string(),
  impression: z.string(),
  advice: z.string(),
  /** Of an opinion it says nothing and is shown nowhere. */
  positive: z.boolean(),
  critical: z.boolean(),
  criticalText: z.string().nullable(),
  writer: Signer,
  submittedAt: Instant,
  reviewer: Signer.nullable(),
  /** The centre lets a senior reader sign such a report alone; absent where two have signed, or the second is still owed. */
  signedAlone: z.literal(true).optional(),
  signedAt: Instant,
});
export type ReportContent = z.infer<typeof ReportContent>;

export const ReportBody = z.object({
  findings: Text(20_000),
  impression: Text(8000),
  advice: Text(4000),
  positive: z.boolean().nullable(),
  critical: z.boolean(),
  criticalText: Line(500).nullable().default(null),
  templateId: Id.nullable().default(null),
  /** Only of an electrocardiogram. */
  ecg: EcgPart.nullable().default(null),
});
export const VersionRow = z.object({
  id: Id,
  number: z.number().int(),
  kind: VersionKind,
  contentHash: z.string(),
  writerName: z.string(),
  reviewerName: z.string().nullable(),
  signedAt: Instant,
  isReplaced: z.boolean(),
});
export const ReportView = ReportBody.extend({
  id: Id,
  caseId: Id,
  state: ReportState,
  revision: Revision,
  writerId: Id.nullable(),
  writerName: z.string().nullable(),
  submittedAt: Instant.nullable(),
  rejectedReason: z.string().nullable(),
  amendmentReason: z.string().nullable(),
  /** Who began the correction that is under way. */
  amendedById: Id.nullable(),
  /** Who must sign at this centre; with `signsAlone` a page knows what a signature will do. */
  signatures: Signatures,
  versions: z.array(VersionRow),
  /** What the reader should look at again before signing: sides, missing parts, late images. */
  warnings: z.array(z.object({ code: z.string(), text: z.string() })),
});
export type ReportView = z.infer<typeof ReportView>;
export const VersionView = VersionRow.extend({
  content: ReportContent,
  replacedByNumber: z.number().int().nullable(),
  pdfReady: z.boolean(),
});

export const TemplateBody = z.object({
  line: ServiceLine.default('imaging'),
  modality: Line(16).nullable().default(null),
  bodyPart: Line(40).nullable().default(null),
  name: RequiredLine(60),
  findings: Text(20_000),
  impression: Text(8000),
  advice: Text(4000).default(''),
  kind: z.enum(['template', 'block']).default('template'),
});
export const TemplateView = TemplateBody.extend({
  id: Id,
  nameEn: z.string().nullable(),
  isOwn: z.boolean(),
  revision: Revision,
});

const Signing = z.object({ id: Id, revision: Revision, leaseToken: Id });

export const reportingContract = {
  ofCase: oc
    .route({ method: 'GET', path: '/cases/{caseId}/report' })
    .input(z.object({ caseId: Id }))
    .output(ReportView),
  saveDraft: oc
    .route({ method: 'PUT', path: '/reports/{id}/draft' })
    .input(ReportBody.extend({ id: Id, revision: Revision, leaseToken: Id }))
    .output(ReportView),
  /** The writer's signature; the last one where the centre lets him sign alone. */
  submit: oc.route({ method: 'POST', path: '/reports/{id}/submit' }).input(Signing).output(ReportView),
  /** An emergency's report before review; the final is still owed. */
  issuePreliminary: oc.route({ method: 'POST', path: '/reports/{id}/preliminary' }).input(Signing).output(ReportView),
  /** The reviewer's signature: freezes a version and plans its deliveries. */
  approve: oc.route({ method: 'POST', path: '/reports/{id}/approve' }).input(Signing).output(ReportView),
  reject: oc
    .route({ method: 'POST', path: '/reports/{id}/reject' })
    .input(Signing.extend({ reason: Reason }))
    .output(ReportView),
  amend: oc
    .route({ method: 'POST', path: '/reports/{id}/amend' })
    .input(z.object({ id: Id, revision: Revision, reason: Reason }))
    .output(ReportView),
  /** Gives up a correction that nobody has signed; the signed version stays in force. */
  abandon: oc.route({ method: 'POST', path: '/reports/{id}/abandon' }).input(Signing).output(ReportView),
  version: oc
    .route({ method: 'GET', path: '/report-versions/{id}' })
    .input(z.object({ id: Id }))
    .output(VersionView),
  templates: oc
    .route({ method: 'GET', path: '/report-templates' })
    .input(
      z.object({ line: ServiceLine.default('imaging'), modality: Line(16).optional(), bodyPart: Line(40).optional() }),
    )
    .output(z.array(TemplateView)),
  saveTemplate: oc
    .route({ method: 'POST', path: '/report-templates' })
    .input(TemplateBody.extend({ id: Id.optional(), revision: Revision.optional() }))
    .output(TemplateView),
  removeTemplate: oc
    .route({ method: 'DELETE', path: '/report-templates/{id}' })
    .input(z.object({ id: Id }))
    .output(Done),
};
