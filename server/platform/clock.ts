/** Time as an argument, so that tests and rules do not depend on the wall. */
export interface Clock {
  now(): Date;
}
export const systemClock: Clock = { now: () => new Date() };
