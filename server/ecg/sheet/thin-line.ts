/**
 * Thins a curve to what a device can show. Every column of the device keeps its first, lowest, highest and last
 * sample in the order in which they come, so that the drawn line covers the same pixels as the whole curve would
 * (M4; Jugel and others, PVLDB 7 (2014) 797). A sample that is no number breaks the line.
 *
 * @param samples microvolts
 * @param first index of the first sample that is drawn
 * @param end index after the last sample
 * @param perColumn samples to a column of the device; up to four nothing is left out
 * @returns one list of indices into `samples` for each unbroken piece
 */
export function thinLine(samples: Float32Array, first: number, end: number, perColumn: number): number[][] {
  const pieces: number[][] = [];
  const from = Math.max(0, Math.floor(first));
  const to = Math.min(samples.length, Math.ceil(end));
  let at = from;
  while (at < to) {
    while (at < to && Number.isNaN(samples[at])) at++;
    const start = at;
    while (at < to && !Number.isNaN(samples[at])) at++;
    if (at > start) pieces.push(thinPiece(samples, start, at, perColumn));
  }
  return pieces;
}

function thinPiece(samples: Float32Array, start: number, end: number, perColumn: number): number[] {
  if (!(perColumn > 4)) return Array.from({ length: end - start }, (_, i) => start + i);
  const kept: number[] = [];
  // Columns are counted from the beginning of the samples, so that neighbouring pieces of one curve agree.
  let column = Math.floor(start / perColumn);
  let at = start;
  while (at < end) {
    const next = Math.min(end, Math.max(at + 1, Math.ceil((column + 1) * perColumn)));
    keepColumn(samples, at, next, kept);
    at = next;
    column++;
  }
  return kept;
}

function keepColumn(samples: Float32Array, first: number, end: number, kept: number[]): void {
  let low = first;
  let high = first;
  for (let i = first + 1; i < end; i++) {
    const value = samples[i] as number;
    if (value < (samples[low] as number)) low = i;
    if (value > (samples[high] as number)) high = i;
  }
  for (const index of [first, Math.min(low, high), Math.max(low, high), end - 1]) {
    if (kept.length === 0 || index > (kept.at(-1) as number)) kept.push(index);
  }
}
