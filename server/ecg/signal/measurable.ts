import type { Recording } from '../trace.ts';

/** Slower recordings hold no QRS that could be measured, faster ones are no electrocardiograms; hertz. */
const [slowestHz, fastestHz] = [80, 20_000];

/**
 * The recording as far as it can be measured: leads of one length (the shortest that has samples) with a gain that is a
 * number. No leads at all where the sampling rate is not one of an electrocardiogram.
 */
export function measurable(recording: Recording): Recording {
  const { samplingFrequency, leads } = recording;
  if (!(samplingFrequency >= slowestHz && samplingFrequency <= fastestHz)) return { ...recording, leads: [] };
  const usable = leads.filter(
    ({ samples, gain, baseline }) =>
      samples.length > 0 && Number.isFinite(gain) && gain !== 0 && Number.isFinite(baseline),
  );
  const length = usable.reduce((least, lead) => Math.min(least, lead.samples.length), Number.POSITIVE_INFINITY);
  return {
    ...recording,
    leads: usable.map((lead) =>
      lead.samples.length === length ? lead : { ...lead, samples: lead.samples.subarray(0, length) },
    ),
  };
}
