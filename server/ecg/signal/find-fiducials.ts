import type { Fiducials } from '@lianzhen/contracts/ecg-measurements.ts';
import { findP, magnitude } from './find-p-wave.ts';
import { findQrs } from './find-qrs.ts';
import { findT } from './find-t-wave.ts';
import type { MedianBeats } from './median-beat.ts';

export const noFiducials: Fiducials = {
  pOn: null,
  pOff: null,
  qrsOn: null,
  rPeak: null,
  qrsOff: null,
  tOn: null,
  tPeak: null,
  tOff: null,
};

const tenth = (ms: number | undefined) => (ms === undefined ? null : Math.round(ms * 10) / 10);

/** The place of the greatest deflection of all leads together within the QRS, in milliseconds. */
function rPeak({ leads, rateHz }: MedianBeats, onMs: number, offMs: number): number {
  const from = Math.round((onMs * rateHz) / 1000);
  const level = leads.map(({ uv }) => uv.map((x) => x - (uv[from] as number)));
  const size = magnitude(level);
  let best = from;
  for (let i = from; i <= (offMs * rateHz) / 1000; i += 1) if ((size[i] as number) > (size[best] as number)) best = i;
  return (best * 1000) / rateHz;
}

/** Where P, QRS and T begin and end over all leads, in milliseconds of the median beat; null for what is not there. */
export function findFiducials(median: MedianBeats): Fiducials {
  const qrs = findQrs(median);
  if (!qrs) return noFiducials;
  const t = findT(median, qrs);
  const p = findP(median, qrs.onMs, t?.peakMs);
  return {
    pOn: tenth(p?.onMs),
    pOff: tenth(p?.offMs),
    qrsOn: tenth(qrs.onMs),
    rPeak: tenth(rPeak(median, qrs.onMs, qrs.offMs)),
    qrsOff: tenth(qrs.offMs),
    tOn: tenth(t?.onMs),
    tPeak: tenth(t?.peakMs),
    tOff: tenth(t?.offMs),
  };
}
