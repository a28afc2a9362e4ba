import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Id, Instant, Revision } from './fields.ts';
import { Title } from './identity.ts';

const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');
export const mostShifts = 6;
/** First line, second line, and two more at the most: with each of them the seniors of the house wait longer. */
export const mostInTurn = 4;
export const daysOfWeek = 7;

const isOnce = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;
/** Who is called in a shift that begins on a day, in this order. */
const Turn = z.array(Id).max(mostInTurn).refine(isOnce, { error: 'each person once' });
/**
 * A stretch of the day in the clock of the facility, and its persons for each day of the week on which it begins, Monday
 * first. One that ends no later than it begins ends on the next day: 08:00 to 08:00 is a day and a night.
 */
export const DutyShift = z.object({ from: ClockTime, to: ClockTime, days: z.array(Turn).length(daysOfWeek) });
export type DutyShift = z.infer<typeof DutyShift>;
export const DutyShifts = z.array(DutyShift).max(mostShifts);

export const DutyPerson = z.object({
  id: Id,
  name: z.string(),
  title: Title.nullable(),
  /** Reads for this centre, and so hears its alarms on duty or not. */
  isReader: z.boolean(),
  /** Stands in the roster and may be on duty no more: is passed over. */
  isGone: z.boolean(),
});
export const DutyRosterView = z.object({
  centreId: Id,
  centreName: z.string(),
  facilityName: z.string(),
  timeZone: z.string(),
  /** 0 until somebody has written one. */
  revision: z.number().int().min(0),
  changedAt: Instant.nullable(),
  changedByName: z.string().nullable(),
  shifts: z.array(DutyShift),
  /** Who may be on duty: who reads for the centre, and the seniors and experts of its house. */
  people: z.array(DutyPerson),
});
export type DutyRosterView = z.infer<typeof DutyRosterView>;

export const dutyRosterContract = {
  dutyRoster: oc
    .route({ method: 'GET', path: '/centres/{id}/duty-roster' })
    .input(z.object({ id: Id }))
    .output(DutyRosterView),
  /** The whole week at once. */
  saveDutyRoster: oc
    .route({ method: 'PUT', path: '/centres/{id}/duty-roster' })
    .input(z.object({ id: Id, revision: z.union([z.literal(0), Revision]), shifts: DutyShifts }))
    .output(DutyRosterView),
};
