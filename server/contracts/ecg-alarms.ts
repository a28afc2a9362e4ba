import { z } from 'zod';
import { Id, Instant, Revision } from './fields.ts';
import type { Transitions } from './transitions.ts';

/**
 * raised (somebody must look), acknowledged (a reader has it), told (the sender has it on his screen),
 * confirmed (he has read it back and the doctor knows), closed, dismissed (it was none).
 */
export const AlarmState = z.enum(['raised', 'acknowledged', 'told', 'confirmed', 'closed', 'dismissed']);
export type AlarmState = z.infer<typeof AlarmState>;
export const alarmTransitions: Transitions<AlarmState> = {
  raised: ['acknowledged', 'dismissed'],
  acknowledged: ['told', 'dismissed'],
  // Nothing is closed that the sender has not read back.
  told: ['confirmed', 'dismissed', 'told'],
  confirmed: ['closed'],
  closed: [],
  dismissed: [],
};
/** How long the readers of the centre have before the next are called; then each next hop. */
export const alarmHopSeconds = 120;

/**
 * raised: everybody who reads at the centre; on-duty: the next by its duty roster; overdue: the seniors of the house;
 * paired-hospital: its cardiologists.
 */
export const HopWhy = z.enum(['raised', 'on-duty', 'overdue', 'paired-hospital']);
export type HopWhy = z.infer<typeof HopWhy>;
/** How they were called. screen: sound, title and a line on every page of the hub that they have open. */
export const HopChannel = z.enum(['screen']);
/**
 * none: nobody has asked for a consultation; waiting: asked for, and its room opens when it is accepted, or at its hour;
 * open: one may go in.
 */
export const AlarmRoom = z.enum(['none', 'waiting', 'open']);
export type AlarmRoom = z.infer<typeof AlarmRoom>;

export const EcgAlarmRow = z.object({
  id: Id,
  revision: Revision,
  state: AlarmState,
  traceId: Id,
  caseId: Id.nullable(),
  orderId: Id.nullable(),
  /** Masked where the asker has no part in the case. */
  patientName: z.string(),
  facilityName: z.string(),
  centreName: z.string(),
  hits: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string(), from: z.enum(['measured', 'device']) })),
  /** The table that was met, with its version; the code is `own` where the centre published it. */
  rules: z.object({ code: z.string(), province: z.string(), version: z.string(), source: z.string() }),
  raisedAt: Instant,
  /** Until when somebody must have acknowledged before it goes on; null once somebody has. */
  dueAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
  acknowledgedByName: z.string().nullable(),
  toldAt: Instant.nullable(),
  toldText: z.string().nullable(),
  confirmedAt: Instant.nullable(),
  confirmedText: z.string().nullable(),
  confirmedByName: z.string().nullable(),
  closedAt: Instant.nullable(),
  closedByName: z.string().nullable(),
  /** Why it was dismissed, or what was done. */
  closedNote: z.string().nullable(),
  /** When the sender has read why it was dismissed; until then it stands among his open ones. */
  noteReadAt: Instant.nullable(),
  /** A consultation about the case, one key away. */
  consultationId: Id.nullable(),
  room: AlarmRoom,
  /** The sender calls the centre into a room. */
  roomAskedAt: Instant.nullable(),
  roomAskedByName: z.string().nullable(),
  /** By the centre's duty roster at this moment; null without one, or in a gap of it. */
  onDutyName: z.string().nullable(),
  /** Who of the roster is called next where nobody answers; null where the seniors of the house are. */
  nextOnDutyName: z.string().nullable(),
  /** The asker is called to acknowledge it: sound and title. */
  isCalled: z.boolean(),
  /** The roster named the asker himself. */
  isNamed: z.boolean(),
  /** The asker's own facility sent the trace. */
  isOwn: z.boolean(),
  hops: z.array(
    z.object({ at: Instant, to: z.string(), person: z.string().nullable(), channel: HopChannel, why: HopWhy }),
  ),
});
export type EcgAlarmRow = z.infer<typeof EcgAlarmRow>;

/** Chest-pain green channel: each time once, null until it has come. */
export const GreenChannelTimes = z.object({
  orderId: Id,
  symptomAt: Instant.nullable(),
  firstContactAt: Instant.nullable(),
  recordedAt: z.string().nullable(),
  receivedAt: Instant.nullable(),
  alarmAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
  openedAt: Instant.nullable(),
  toldAt: Instant.nullable(),
  confirmedAt: Instant.nullable(),
  decidedAt: Instant.nullable(),
});
export type GreenChannelTimes = z.infer<typeof GreenChannelTimes>;
