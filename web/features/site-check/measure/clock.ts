import type { Measured } from '@lianzhen/contracts/site-check-measures.ts';

const askings = 6;

/**
 * This machine's clock less the hub's, as NTP does it (RFC 5905, 8): the quickest of some askings is the least wrong.
 * @param ask answers the hub's time, ISO 8601
 */
export async function measureClock(
  ask: () => Promise<string>,
  clock: { now: () => number; ticks: () => number } = { now: Date.now, ticks: () => performance.now() },
): Promise<Measured['clock']> {
  let best: { offsetMs: number; uncertaintyMs: number } | undefined;
  for (let n = 0; n < askings; n++) {
    const began = clock.ticks();
    const hub = Date.parse(await ask());
    const roundTrip = clock.ticks() - began;
    const offsetMs = clock.now() - roundTrip / 2 - hub;
    if (!best || roundTrip / 2 < best.uncertaintyMs) best = { offsetMs, uncertaintyMs: roundTrip / 2 };
  }
  if (!best) return { offsetMs: null, uncertaintyMs: null };
  return { offsetMs: Math.round(best.offsetMs), uncertaintyMs: Math.round(best.uncertaintyMs) };
}
