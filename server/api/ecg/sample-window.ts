import { HubError } from '@lianzhen/contracts/errors.ts';
import type { StoredRecording } from '@lianzhen/ecg/stored-trace.ts';

export interface AskedWindow {
  recording: number;
  fromMs?: number | undefined;
  toMs?: number | undefined;
}
/** Samples `from` to `to`, not included. */
export interface SampleWindow {
  from: number;
  to: number;
}

/**
 * The samples of a recording that lie in a window of time, cut to what there is. Without a window, all of them.
 * @param mostValues samples of all leads together
 * @throws `not-found` for a recording that is not there; `bad-input` naming the field, for a window that ends before it
 * begins or holds too much
 */
export function sampleWindow(
  recordings: readonly StoredRecording[],
  { recording, fromMs, toMs }: AskedWindow,
  mostValues: number,
): SampleWindow {
  const found = recordings[recording];
  if (!found) throw new HubError('not-found', { field: 'recording', expected: `0 to ${recordings.length - 1}` });
  const { samplingFrequency, sampleCount, leads } = found;
  if (fromMs !== undefined && toMs !== undefined && toMs < fromMs) throw bad('toMs', 'no less than fromMs');
  const at = (ms: number) => Math.min(sampleCount, Math.max(0, Math.round((ms * samplingFrequency) / 1000)));
  const [from, to] = [at(fromMs ?? 0), toMs === undefined ? sampleCount : at(toMs)];
  if ((to - from) * leads.length > mostValues) {
    const longestMs = Math.floor((mostValues / leads.length / samplingFrequency) * 1000);
    throw bad('toMs', `a window (fromMs, toMs) of at most ${longestMs} ms`);
  }
  return { from, to: Math.max(from, to) };
}

const bad = (field: string, expected: string) => new HubError('bad-input', { fields: [{ field, expected }] });
