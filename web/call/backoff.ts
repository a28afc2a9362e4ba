/** A link that was dead for a minute and a half is tried again within these few seconds of its return. */
const mostMs = 2000;
const firstMs = 400;

/**
 * How long to wait before the next try: doubling from 0.4 s to 2 s, spread by a third to either side, so that the people
 * of a room whose server has gone do not all come back in the same moment.
 * @param attempt how many tries have failed, from 0: the first is made at once
 * @param random from 0 to 1
 */
export function waitMs(attempt: number, random: number): number {
  if (attempt === 0) return 0;
  const even = Math.min(mostMs, firstMs * 2 ** (attempt - 1));
  return Math.round(even * (2 / 3 + (random * 2) / 3));
}
