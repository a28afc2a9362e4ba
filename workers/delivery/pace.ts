/** How long one attempt may be out. Past this its worker is taken for dead and the delivery may be tried again. */
export const abandonAfterMs = 120_000;
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
