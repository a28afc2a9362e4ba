import { ecgInvalid } from '../../ecg-invalid.ts';
import { isStandardLead } from '../../leads.ts';
import type { Recording, Trace } from '../../trace.ts';
import { ecgClass } from './ecg-classes.ts';

export interface ChosenClass {
  readonly uid: string;
  readonly bits: 16 | 32;
}

interface Extent {
  readonly groups: number;
  readonly channels: number;
  readonly samples: number;
  readonly lowestRate: number;
  readonly highestRate: number;
  readonly seconds: number;
}

/** A recording this long was made to find rhythms, not to see a heart at rest. */
const AMBULATORY_SECONDS = 600;

function extentOf(recordings: readonly Recording[]): Extent {
  const lengths = recordings.map(({ leads }) => leads[0]?.samples.length ?? 0);
  const rates = recordings.map(({ samplingFrequency }) => samplingFrequency);
  return {
    groups: recordings.length,
    channels: Math.max(...recordings.map(({ leads }) => leads.length)),
    samples: Math.max(...lengths),
    lowestRate: Math.min(...rates),
    highestRate: Math.max(...rates),
    seconds: Math.max(...recordings.map(({ samplingFrequency }, at) => (lengths[at] ?? 0) / samplingFrequency)),
  };
}

const fits16 = (recordings: readonly Recording[]): boolean =>
  recordings.every(({ leads }) =>
    leads.every(({ samples }) => samples.every((sample) => sample >= -32768 && sample <= 32767)),
  );

/** Enough of the standard leads for the twelve: I, II and V1 to V6 say them all. */
const isTwelveLead = ([first]: readonly Recording[]): boolean =>
  (first?.leads.filter(({ code }) => isStandardLead(code)).length ?? 0) >= 8;

/**
 * The storage class whose limits hold the trace (PS3.3 A.34.3 to A.34.5): 12-lead has at most 5 groups of 13 channels of
 * 16,384 samples at 200 to 1000 Hz; general 4 groups of 24 channels; ambulatory one group of 12 channels at 50 to 1000 Hz.
 * What needs more than 16 bits, another rate or more groups is General 32-bit.
 * @throws HubError ecg-invalid when there is nothing to store, or leads of one recording differ in length
 */
export function chooseClass(trace: Trace): ChosenClass {
  const { recordings } = trace;
  const isEven = recordings.every(
    ({ leads }) => leads.length > 0 && leads.every(({ samples }) => samples.length === leads[0]?.samples.length),
  );
  if (recordings.length === 0 || !isEven || recordings.some(({ leads }) => leads[0]?.samples.length === 0)) {
    const expected = 'recordings whose leads have the same number of samples';
    throw ecgInvalid({ format: trace.format, where: 'trace', expected, found: 'none or unequal' });
  }
  const { groups, channels, samples, lowestRate, highestRate, seconds } = extentOf(recordings);
  if (channels > 64 || groups > 64) {
    const expected = 'at most 64 recordings of 64 leads';
    throw ecgInvalid({ format: trace.format, where: 'trace', expected, found: `${groups} of ${channels}` });
  }
  if (!fits16(recordings)) return { uid: ecgClass.general32, bits: 32 };
  const isResting = lowestRate >= 200 && highestRate <= 1000;
  if (isResting && groups <= 5 && channels <= 13 && samples <= 16384 && isTwelveLead(recordings)) {
    return { uid: ecgClass.twelveLead, bits: 16 };
  }
  const isAmbulatory = groups === 1 && channels <= 12 && lowestRate >= 50 && highestRate <= 1000;
  if (isAmbulatory && (!isResting || seconds >= AMBULATORY_SECONDS)) return { uid: ecgClass.ambulatory, bits: 16 };
  if (isResting && groups <= 4 && channels <= 24) return { uid: ecgClass.general, bits: 16 };
  return { uid: ecgClass.general32, bits: 32 };
}
