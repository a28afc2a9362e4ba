import { z } from 'zod';

/** Events say "look again", never "here is the truth". */
export const Topic = z.enum([
  'order',
  'case',
  'study',
  /** A trace was read, measured or linked. */
  'trace',
  /** A critical electrocardiogram: raised, acknowledged, told, closed. */
  'alarm',
  'quarantine',
  'report',
  'draft',
  'delivery',
  'patient',
  'consultation',
  'facility',
  'session',
]);
export type Topic = z.infer<typeof Topic>;

/** Who hears of something: everybody of a facility, or one person. Each has its own numbers and its own socket room. */
export const facilityStream = (id: string): string => `facility:${id}`;
export const accountStream = (id: string): string => `account:${id}`;
const StreamName = z.string().min(1).max(80);

export const ChangeEvent = z.object({
  topic: Topic,
  id: z.string(),
  revision: z.number().int(),
  stream: StreamName,
  /** Counts the events of this stream without a gap, so that a listener knows what it missed. */
  seq: z.number().int().positive(),
});
export type ChangeEvent = z.infer<typeof ChangeEvent>;
export const changeEventName = 'changed';

/** As a transaction leaves it in the outbox: with the facilities that may hear it. */
export const OutboxEvent = z.object({
  topic: Topic,
  id: z.string(),
  revision: z.number().int(),
  facilityIds: z.array(z.string()),
  accountIds: z.array(z.string()).optional(),
});
export type OutboxEvent = z.infer<typeof OutboxEvent>;

export const streamsOf = ({ facilityIds, accountIds = [] }: OutboxEvent): string[] => [
  ...new Set([...facilityIds.map(facilityStream), ...accountIds.map(accountStream)]),
];

/** The one question of a socket, answered to it alone: what of its streams it has not heard. */
export const missedQuestionName = 'missed';
/** How long an event can be asked for. Who was away for longer reads everything again. */
export const eventsKeptMs = 3_600_000;
/** With more streams or more missed events than this, reading everything again is the shorter way. */
export const mostStreams = 900;
export const mostMissed = 500;

export const MissedQuestion = z.object({
  /** Of each stream the last number up to which nothing is missing. */
  heard: z
    .record(StreamName, z.number().int().min(0))
    .refine((heard) => Object.keys(heard).length <= mostStreams, { error: `at most ${mostStreams} streams` }),
  /** For streams without a number: everything of the last so many milliseconds. */
  sinceMs: z.number().int().min(0),
});
export type MissedQuestion = z.infer<typeof MissedQuestion>;

export const MissedAnswer = z.object({
  /** The last number of every stream that this socket hears. */
  positions: z.record(StreamName, z.number().int().min(0)),
  events: z.array(ChangeEvent),
  /** Whether `events` is all that was missed. Where not, everything is read again. */
  isWhole: z.boolean(),
});
export type MissedAnswer = z.infer<typeof MissedAnswer>;
