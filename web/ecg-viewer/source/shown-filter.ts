import { effectiveFilter, type FilterSetting, unfiltered } from '@lianzhen/ecg/signal/filter.ts';
import type { RecordedFilter } from '@lianzhen/ecg/trace.ts';
import type { EcgRecording } from './ecg-source.ts';

/** What is left of the chosen filter for this recording. A median beat was filtered when it was made, and is too short for another. */
export const shownFilter = (filter: FilterSetting, recording: EcgRecording): FilterSetting =>
  recording.kind === 'median' ? unfiltered : effectiveFilter(filter, recording.samplingFrequency);

/** What the recorder had done, in one line: `0.05–150 Hz, 50 Hz`. */
export function recordedFilterText({ highPassHz, lowPassHz, notchHz }: RecordedFilter): string {
  const band = highPassHz === null && lowPassHz === null ? '' : `${highPassHz ?? ''}–${lowPassHz ?? ''} Hz`;
  return [band, notchHz === null ? '' : `${notchHz} Hz`].filter(Boolean).join(', ');
}
