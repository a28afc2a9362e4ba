import type { RouteMeasure } from '@lianzhen/contracts/site-check-measures.ts';

type Numbers = Pick<RouteMeasure, 'rttMs' | 'jitterMs' | 'lossPercent' | 'sent'>;

/**
 * Loss, round trip and jitter from echoes.
 * @param roundTrips milliseconds by number of the packet; undefined where nothing came back
 */
export function echoNumbers(roundTrips: readonly (number | undefined)[]): Numbers {
  const sent = roundTrips.length;
  const came = roundTrips.filter((ms) => ms !== undefined);
  if (sent === 0) return { rttMs: null, jitterMs: null, lossPercent: null, sent };
  const sorted = [...came].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const steps = came.slice(1).map((ms, at) => Math.abs(ms - (came[at] ?? ms)));
  const jitter = steps.length > 0 ? steps.reduce((sum, step) => sum + step, 0) / steps.length : null;
  return {
    rttMs: median === undefined ? null : round(median),
    jitterMs: jitter === null ? null : round(jitter),
    lossPercent: round(((sent - came.length) / sent) * 100),
    sent,
  };
}

const round = (value: number): number => Math.round(value * 10) / 10;
