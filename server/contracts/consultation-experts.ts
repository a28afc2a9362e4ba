import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Day, Flag, Id, Instant, Line, Revision } from './fields.ts';
import { Title } from './identity.ts';

/** Clinical departments, as a request names them. */
export const Specialty = z.enum([
  'radiology',
  'cardiology',
  'pathology',
  'laboratory',
  'internal-medicine',
  'surgery',
  'orthopaedics',
  'neurology',
  'respiratory',
  'oncology',
  'obstetrics',
  'paediatrics',
  'emergency',
  'traditional-chinese-medicine',
  'general-practice',
]);
export type Specialty = z.infer<typeof Specialty>;
/** As documents and pages write them. */
export const specialtyNames: Record<Specialty, { zh: string; en: string }> = {
  radiology: { zh: '医学影像科', en: 'Radiology' },
  cardiology: { zh: '心血管内科', en: 'Cardiology' },
  pathology: { zh: '病理科', en: 'Pathology' },
  laboratory: { zh: '检验科', en: 'Laboratory medicine' },
  'internal-medicine': { zh: '内科', en: 'Internal medicine' },
  surgery: { zh: '外科', en: 'Surgery' },
  orthopaedics: { zh: '骨科', en: 'Orthopaedics' },
  neurology: { zh: '神经内科', en: 'Neurology' },
  respiratory: { zh: '呼吸内科', en: 'Respiratory medicine' },
  oncology: { zh: '肿瘤科', en: 'Oncology' },
  obstetrics: { zh: '妇产科', en: 'Obstetrics and gynaecology' },
  paediatrics: { zh: '儿科', en: 'Paediatrics' },
  emergency: { zh: '急诊科', en: 'Emergency medicine' },
  'traditional-chinese-medicine': { zh: '中医科', en: 'Traditional Chinese medicine' },
  'general-practice': { zh: '全科医学科', en: 'General practice' },
};

const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');
/** One span of a week in the facility's time zone; 1 is Monday, 7 Sunday. To 23:59 for a whole day. */
export const DutyHours = z
  .object({ weekday: z.number().int().min(1).max(7), from: ClockTime, to: ClockTime })
  .refine(({ from, to }) => from < to, { error: 'from must be before to', path: ['to'] });
export type DutyHours = z.infer<typeof DutyHours>;

export const ExpertBody = z.object({
  specialty: Specialty,
  introduction: Line(500).default(''),
  /** Since when he has worked on his own; three years are asked of whoever is invited. */
  independentSince: Day.nullable().default(null),
  hours: z.array(DutyHours).max(50),
  /** Answers out of hours too, or is away for a while: counts before the hours until it runs out. */
  override: z.object({ isOnDuty: z.boolean(), until: Instant }).nullable().default(null),
  isListed: z.boolean().default(true),
});
export type ExpertBody = z.infer<typeof ExpertBody>;

/** What keeps an expert from being invited. */
export const ExpertLack = z.enum([
  'no-licence',
  'too-junior',
  'too-few-years',
  'no-agreement',
  'other-specialty',
  /** The account is closed, or has no office at that facility any more that answers invitations. */
  'not-registered',
]);
export type ExpertLack = z.infer<typeof ExpertLack>;

export const ExpertView = ExpertBody.extend({
  accountId: Id,
  facility: z.object({ id: Id, code: z.string(), name: z.string() }),
  name: z.string(),
  title: Title.nullable(),
  licenceNumber: z.string().nullable(),
  introduction: z.string(),
  isOnDuty: z.boolean(),
  /** When he is next on duty; empty where his hours name no time. */
  nextOnDutyAt: Instant.nullable(),
  lacks: z.array(ExpertLack),
  revision: Revision,
});
export type ExpertView = z.infer<typeof ExpertView>;

export const consultationExpertsContract = {
  /** Who may be invited by a facility; those on duty first. `lacks` says why one cannot be. */
  experts: oc
    .route({ method: 'GET', path: '/consultation-experts' })
    .input(
      z.object({
        facilityId: Id,
        specialty: Specialty.optional(),
        title: Title.optional(),
        onDuty: Flag.optional(),
        q: Line(64).default(''),
      }),
    )
    .output(z.array(ExpertView)),
  /** One's own entries, and as an admin those of one's facility. */
  managedExperts: oc
    .route({ method: 'GET', path: '/consultation-experts/managed' })
    .output(z.array(ExpertView.extend({ isOwn: z.boolean() }))),
  /** A new entry has revision 0. */
  saveExpert: oc
    .route({ method: 'PUT', path: '/consultation-experts/{facilityId}/{accountId}' })
    .input(ExpertBody.extend({ facilityId: Id, accountId: Id, revision: z.number().int().min(0) }))
    .output(ExpertView),
};
