import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Day, Id, Instant, Line, Reason, RequiredLine, Revision } from './fields.ts';
import { Signatures } from './signatures.ts';
import type { Transitions } from './transitions.ts';

export const FacilityLevel = z.enum(['village', 'township', 'county', 'city', 'province']);
export const ServiceLine = z.enum(['imaging', 'ecg', 'pathology', 'laboratory', 'consultation']);
export type ServiceLine = z.infer<typeof ServiceLine>;
/**
 * The lines whose evidence has a door into the hub. A request of another line would wait for ever, so none is taken,
 * whatever an agreement covers.
 */
export const receivableLines: readonly ServiceLine[] = ['imaging', 'ecg'];
export const isReceivable = (line: ServiceLine): boolean => receivableLines.includes(line);
export const Urgency = z.enum(['emergency', 'urgent', 'routine']);
export type Urgency = z.infer<typeof Urgency>;
/** The place in the queue; lower is first. */
export const rankOf: Record<Urgency, number> = { emergency: 0, urgent: 1, routine: 2 };

export const AgreementKind = z.enum(['alliance', 'pairing', 'east-west', 'specialty', 'trusteeship']);
export const AgreementState = z.enum(['draft', 'signed', 'ended']);
export type AgreementState = z.infer<typeof AgreementState>;
/** In force means: signed, and today lies between the two dates. */
export const agreementTransitions: Transitions<AgreementState> = {
  draft: ['signed', 'ended'],
  signed: ['ended'],
  ended: [],
};

export const Deadline = z.object({ line: ServiceLine, urgency: Urgency, minutes: z.number().int().min(1).max(43_200) });
export type Deadline = z.infer<typeof Deadline>;
/** Used where an agreement says nothing. Suggested defaults; no national figure is known. */
export const defaultDeadlines: Record<ServiceLine, Record<Urgency, number>> = {
  imaging: { emergency: 30, urgent: 60, routine: 120 },
  ecg: { emergency: 10, urgent: 15, routine: 30 },
  pathology: { emergency: 30, urgent: 2880, routine: 7200 },
  laboratory: { emergency: 30, urgent: 60, routine: 480 },
  consultation: { emergency: 30, urgent: 30, routine: 30 },
};
export function deadlineMinutes(deadlines: readonly Deadline[], line: ServiceLine, urgency: Urgency): number {
  const agreed = deadlines.find((deadline) => deadline.line === line && deadline.urgency === urgency);
  return agreed?.minutes ?? defaultDeadlines[line][urgency];
}

export const Target = z.object({
  term: z.enum(['annual', 'long-term']),
  indicator: RequiredLine(),
  unit: Line(40),
  target: z.number(),
  actual: z.number().default(0),
});

export const FacilityView = z.object({
  id: Id,
  code: z.string(),
  name: z.string(),
  nameEn: z.string().nullable(),
  level: FacilityLevel,
  kind: z.string(),
  parentId: Id.nullable(),
  phone: z.string().nullable(),
  timeZone: z.string(),
  revision: Revision,
  centres: z.array(
    z.object({ id: Id, line: ServiceLine, name: z.string(), nameEn: z.string().nullable(), signatures: Signatures }),
  ),
});
export type FacilityView = z.infer<typeof FacilityView>;

/** A centre as the sender sees it: may I send there now and, if not, what is missing. */
export const ReachableCentre = z.object({
  id: Id,
  line: ServiceLine,
  name: z.string(),
  facility: z.object({ id: Id, code: z.string(), name: z.string() }),
  agreement: z.object({ id: Id, number: z.string(), validTo: Day, deadlines: z.array(Deadline) }).nullable(),
  missing: z.enum(['no-agreement', 'not-signed', 'not-yet-valid', 'expired', 'line-not-covered']).nullable(),
});
export type ReachableCentre = z.infer<typeof ReachableCentre>;

const AgreementBody = z.object({
  number: RequiredLine(60),
  fromId: Id,
  toId: Id,
  kind: AgreementKind,
  lines: z.array(ServiceLine).min(1).max(5),
  validFrom: Day,
  validTo: Day,
  deadlines: z.array(Deadline).max(30).default([]),
  targets: z.array(Target).max(50).default([]),
  liability: Line(2000).optional(),
});
export const AgreementView = AgreementBody.extend({
  id: Id,
  state: AgreementState,
  isInForce: z.boolean(),
  fromName: z.string(),
  toName: z.string(),
  liability: z.string().nullable(),
  endedReason: z.string().nullable(),
  revision: Revision,
});
export type AgreementView = z.infer<typeof AgreementView>;

export const Charset = z.enum([
  'UTF-8',
  'GB18030',
  'GBK',
  'ISO_IR 100',
  'ISO 2022 IR 58',
  'ISO 2022 IR 87',
  'ISO 2022 IR 149',
]);
export const DeviceView = z.object({
  id: Id,
  facilityId: Id,
  aeTitle: z.string(),
  name: z.string(),
  modality: z.string().nullable(),
  host: z.string().nullable(),
  port: z.number().int().nullable(),
  charsetOverride: Charset.nullable(),
  enabled: z.boolean(),
  revision: Revision,
  lastSeenAt: Instant.nullable(),
});
/** The same names read both ways, so that a person can judge an override before it is set. */
export const CharsetPreview = z.array(
  z.object({
    studyId: Id,
    studyDate: z.string().nullable(),
    declared: z.string(),
    asIs: z.string(),
    overridden: z.string(),
  }),
);

export const facilitiesContract = {
  list: oc.route({ method: 'GET', path: '/facilities' }).output(z.array(FacilityView)),
  centres: oc
    .route({ method: 'GET', path: '/centres' })
    .input(z.object({ facilityId: Id, line: ServiceLine.optional() }))
    .output(z.array(ReachableCentre)),
  agreements: oc.route({ method: 'GET', path: '/agreements' }).output(z.array(AgreementView)),
  createAgreement: oc
    .route({ method: 'POST', path: '/agreements', successStatus: 201 })
    .input(AgreementBody)
    .output(AgreementView),
  signAgreement: oc
    .route({ method: 'POST', path: '/agreements/{id}/sign' })
    .input(z.object({ id: Id, revision: Revision }))
    .output(AgreementView),
  endAgreement: oc
    .route({ method: 'POST', path: '/agreements/{id}/end' })
    .input(z.object({ id: Id, revision: Revision, reason: Reason }))
    .output(AgreementView),
  devices: oc.route({ method: 'GET', path: '/devices' }).output(z.array(DeviceView)),
  previewCharset: oc
    .route({ method: 'GET', path: '/devices/{id}/charset-preview' })
    .input(z.object({ id: Id, charset: Charset }))
    .output(CharsetPreview),
  setCharset: oc
    .route({ method: 'PUT', path: '/devices/{id}/charset' })
    .input(z.object({ id: Id, revision: Revision, charset: Charset.nullable() }))
    .output(DeviceView),
};
