import { z } from 'zod';
import { Day, RequiredLine } from './fields.ts';

/** A number of the whole trace that a rule may look at. */
export const CriticalMeasure = z.enum([
  'heartRate',
  'rrMinMs',
  'rrMaxMs',
  'qrsMs',
  'prMs',
  'qtMs',
  'qtcBazettMs',
  'qtcFridericiaMs',
  'longestPauseMs',
  'pauseCount',
  'rOnTCount',
  'fibrillationMs',
]);
export type CriticalMeasure = z.infer<typeof CriticalMeasure>;
const Op = z.enum(['>=', '>', '<=', '<']);
export type CriticalOp = z.infer<typeof Op>;

/** What a recorder may say that is critical; the words for it are a table of the ecg package. */
export const StatementKey = z.enum([
  'acute-infarction',
  'ventricular-tachycardia',
  'ventricular-fibrillation',
  'torsade',
  'complete-av-block',
  'asystole',
  'hyperkalaemia',
  'atrial-fibrillation',
  'pre-excitation',
]);
export type StatementKey = z.infer<typeof StatementKey>;

export const CriticalCondition = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('number'), measure: CriticalMeasure, op: Op, value: z.number() }),
  z.object({
    kind: z.literal('st'),
    /** At the end of the QRS, or 60 ms after it. */
    point: z.enum(['jUv', 'stMidUv']),
    /** Microvolts from which on a lead counts as raised; a lead that is not named never counts. */
    fromUv: z.record(z.string().max(8), z.number()),
    /** Leads that lie side by side: `atLeast` of one group must be raised. */
    groups: z
      .array(z.array(z.string().max(8)).min(1).max(12))
      .min(1)
      .max(20),
    atLeast: z.number().int().min(1).max(12),
  }),
  z.object({
    kind: z.literal('run'),
    op: Op,
    /** Beats a minute. */
    rateBpm: z.number(),
    wide: z.boolean().optional(),
    regular: z.boolean().optional(),
    /** Shorter runs do not count, */
    forSeconds: z.number().min(0).default(0),
    /** unless they last from the beginning to the end of the trace: nobody knows then how long they lasted. */
    orWholeTrace: z.boolean().default(false),
  }),
  z.object({ kind: z.literal('statement'), says: StatementKey }),
]);
export type CriticalCondition = z.infer<typeof CriticalCondition>;
export type ConditionKind<K extends CriticalCondition['kind']> = Extract<CriticalCondition, { kind: K }>;

export const CriticalRule = z.object({
  code: z.string().regex(/^[a-z0-9-]{1,40}$/),
  zh: RequiredLine(100),
  en: RequiredLine(100),
  /** Resting: up to half an hour; long: a Holter. */
  trace: z.enum(['any', 'resting', 'long']).default('any'),
  /** Met when one of these groups is met; a group is met when all of its conditions are. */
  anyOf: z.array(z.array(CriticalCondition).min(1).max(8)).min(1).max(12),
  /** Where this row comes from, and what was filled in where the list leaves something open. */
  source: RequiredLine(300),
});
export type CriticalRule = z.infer<typeof CriticalRule>;

/** The list of a province or county. Never changed: a new version is a new row, and a finding names the one it used. */
export const CriticalRuleSet = z.object({
  code: z.string().regex(/^[a-z0-9-]{1,40}$/),
  version: z.number().int().min(1),
  zh: RequiredLine(100),
  en: RequiredLine(100),
  /** GB/T 2260 code of the province; null for the list that counts where there is no other. */
  province: z
    .string()
    .regex(/^\d{6}$/)
    .nullable(),
  source: RequiredLine(300),
  validFrom: Day,
  rules: z.array(CriticalRule).min(1).max(100),
});
export type CriticalRuleSet = z.infer<typeof CriticalRuleSet>;
