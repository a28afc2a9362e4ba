/** Where a destination does not say how long it may take. */
export const usualTimeoutMs = 15_000;
/** Some channels ask twice, and before it the document is read and the host looked up. */
const attempt = { times: 2, plusMs: 10_000 };
/**
 * Past this the worker of an attempt is taken for dead: the delivery may be tried again, and takes no place of its
 * destination any more. No longer than it must be: a worker that dies with every place taken holds up all that is behind.
 */
export const abandon = { times: attempt.times, plusMs: attempt.plusMs + 5000 };

/** How long one attempt may last. @param timeoutMs what the destination has for an answer */
export const attemptMs = (timeoutMs = usualTimeoutMs): number => attempt.times * timeoutMs + attempt.plusMs;
export const abandonAfterMs = (timeoutMs = usualTimeoutMs): number => abandon.times * timeoutMs + abandon.plusMs;

/** Deliveries to one destination at once; one alone where it has not been answering, to find out whether it does again. */
export const placesPerDestination = 4;
export const failuresToPause = 3;

/** Each wait is three times the one before, up to 1440 times the first: 12 attempts from 5 s on span half a day. */
const growth = 3;
const longest = 1440;

/**
 * @param attempt the one that just failed, from 1
 * @param chance 0 to 1; the wait is spread over half to one and a half, so that a site that comes back is not flooded
 * @returns milliseconds
 */
export const retryAfterMs = (attempt: number, baseMs: number, chance: number): number =>
  Math.round(baseMs * Math.min(growth ** (attempt - 1), longest) * (0.5 + chance));

/** @returns milliseconds for which a destination is left alone after so many failures in a row; 0 is not at all */
export const pauseMs = (failures: number, baseMs: number): number =>
  failures < failuresToPause ? 0 : baseMs * Math.min(2 ** (failures - failuresToPause), 64);

export const placesOf = (failures: number): number => (failures >= failuresToPause ? 1 : placesPerDestination);
