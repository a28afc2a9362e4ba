import { ecgInvalid } from '../../ecg-invalid.ts';

/** Sampling points `from` to `to` (not included) that hold samples. */
export interface Segment {
  readonly from: number;
  readonly to: number;
}

const MAX_SEGMENTS = 1000;

/**
 * The stretches of a channel that were recorded: the padding value stands where nothing was, and drawing it would be
 * drawing a line that no heart made.
 * @throws HubError ecg-invalid when there are more than 1000
 */
export function validSegments(samples: Int32Array, padding: number | null, where: string): Segment[] {
  if (padding === null || !samples.includes(padding)) return [{ from: 0, to: samples.length }];
  const segments: Segment[] = [];
  for (let from = 0; from < samples.length; ) {
    if (samples[from] === padding) {
      from += 1;
      continue;
    }
    const end = samples.indexOf(padding, from);
    const to = end < 0 ? samples.length : end;
    segments.push({ from, to });
    if (segments.length > MAX_SEGMENTS) {
      const expected = `at most ${MAX_SEGMENTS} interruptions of a channel`;
      throw ecgInvalid({ format: 'dicom', where: `${where} (5400,100A)`, expected, found: 'more' });
    }
    from = to;
  }
  return segments;
}
