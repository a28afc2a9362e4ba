import { z } from 'zod';
import { Specialty } from './consultation-experts.ts';
import { Urgency } from './facilities.ts';
import { Id, Instant, Line, RequiredText, Text } from './fields.ts';
import { Title } from './identity.ts';
import { ConsentBody } from './orders.ts';

/** DE06.00.319.00 会诊类型: one specialty, several, or a discussion of a hard case. */
export const ConsultationKind = z.enum(['single', 'joint', 'case-discussion']);
export const InviteeBody = z.object({
  facilityId: Id,
  /** Without one, whoever of the facility's experts of that specialty and title is first. */
  expertId: Id.nullable().default(null),
});
export const AttachmentBody = z.object({
  studyIds: z.array(Id).max(50).default([]),
  orderIds: z.array(Id).max(20).default([]),
  versionIds: z.array(Id).max(20).default([]),
});

/** Everything the 2014 opinion asks of an invitation; the answer names each missing item. */
export const ConsultationBody = z.object({
  facilityId: Id,
  patientId: Id,
  kind: ConsultationKind.default('single'),
  urgency: Urgency.default('routine'),
  /** 事由 */
  reason: RequiredText(1000),
  /** 目的 */
  purpose: RequiredText(2000),
  /** 时间安排: now, or an appointment. */
  time: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('immediate') }),
    z.object({ kind: z.literal('appointment'), at: Instant }),
  ]),
  /** 病历摘要 */
  summary: RequiredText(8000),
  /** 拟邀医师专业和职称 */
  specialty: Specialty,
  title: Title,
  diagnosisText: Line(200).default(''),
  invitees: z.array(InviteeBody).min(1).max(10),
  attachments: AttachmentBody,
  /** The words a reader had written when he turned his case into this; kept with it, never sent as a report. */
  reportDraft: Text(32_000).default(''),
  consent: ConsentBody,
  /** The case that it was made from; that case says so while the consultation waits. */
  caseId: Id.nullable().default(null),
});
export type ConsultationBody = z.infer<typeof ConsultationBody>;
