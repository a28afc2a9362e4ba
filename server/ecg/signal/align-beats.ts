/** The leads of one beat, all of one length; its R peak stands near `centre`. */
export type BeatPiece = readonly Float64Array[];

/** Sum of the products of two beats around the QRS when `beat` is moved by `shift` samples. */
function likeness(template: BeatPiece, beat: BeatPiece, from: number, to: number, shift: number): number {
  let sum = 0;
  for (const [lead, uv] of template.entries()) {
    const other = beat[lead] as Float64Array;
    for (let i = from; i < to; i += 2) sum += (uv[i] as number) * (other[i + shift] as number);
  }
  return sum;
}

function bestShift(template: BeatPiece, beat: BeatPiece, centre: number, half: number, reach: number): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (let shift = -reach; shift <= reach; shift += 1) {
    const like = likeness(template, beat, centre - half, centre + half, shift);
    if (like > most) {
      most = like;
      best = shift;
    }
  }
  return best;
}

/** Without the level of the QRS window, which would weigh more than its shape. */
function levelled(beat: BeatPiece, from: number, to: number): BeatPiece {
  return beat.map((uv) => {
    let sum = 0;
    for (let i = from; i < to; i += 1) sum += uv[i] as number;
    return uv.map((x) => x - sum / (to - from));
  });
}

function meanOf(beats: readonly BeatPiece[], shifts: readonly number[], margin: number): BeatPiece {
  const first = beats[0] as BeatPiece;
  return first.map((uv, lead) => {
    const out = new Float64Array(uv.length);
    for (let i = margin; i < uv.length - margin; i += 1) {
      let sum = 0;
      for (const [beat, shift] of shifts.entries()) sum += beats[beat]?.[lead]?.[i + shift] as number;
      out[i] = sum / shifts.length;
    }
    return out;
  });
}

/**
 * By how many samples each beat must be moved to lie on the others: correlation of the QRS with the first beat, then with
 * the mean of all. `margin` samples at either end of a piece are there to be moved into.
 */
export function alignBeats(beats: readonly BeatPiece[], centre: number, half: number, margin: number): number[] {
  const ready = beats.map((beat) => levelled(beat, centre - half, centre + half));
  const first = ready[0];
  if (!first) return [];
  const rough = ready.map((beat) => bestShift(first, beat, centre, half, margin));
  const template = meanOf(ready, rough, margin);
  return ready.map((beat) => bestShift(template, beat, centre, half, margin));
}
