import { type SectionCursor, scpInvalid } from './section-cursor.ts';

/** A stretch of samples, both ends in it, numbered as section 3 numbers them. */
export interface SampleRange {
  readonly first: number;
  readonly last: number;
}
export interface Beat extends SampleRange {
  /** 0: the kind of beat that section 5 holds. */
  readonly type: number;
  /** The sample that lay over the reference beat's fiducial point when that was taken away. */
  readonly fiducial: number;
}
export interface BeatLocations {
  /** Milliseconds. */
  readonly referenceLength: number;
  /** Number of the fiducial sample in the reference beat; the first sample is 1. */
  readonly referenceFiducial: number;
  readonly beats: readonly Beat[];
  /** Stretches that bimodal compression left alone. Undefined where the section has none. */
  readonly protectedAreas: readonly SampleRange[] | undefined;
}

const beatLength = 14;
const areaLength = 8;

/** Reads section 4 (EN 1064, 5.7): where the beats lie, what was subtracted there and what was not decimated. */
export function readBeatLocations(cursor: SectionCursor): BeatLocations {
  const [referenceLength, referenceFiducial] = [cursor.u16('length of beat'), cursor.u16('fiducial point of beat')];
  const start = cursor.at();
  const count = cursor.u16('number of beats');
  if (count * beatLength > cursor.left()) {
    throw scpInvalid(cursor.where, `${count} beats of ${beatLength} bytes`, `${cursor.left()} bytes`, start);
  }
  const beats = Array.from({ length: count }, () => ({
    type: cursor.u16('type of beat'),
    first: cursor.u32('begin of subtraction'),
    fiducial: cursor.u32('fiducial point'),
    last: cursor.u32('end of subtraction'),
  }));
  const hasAreas = cursor.left() >= count * areaLength;
  const protectedAreas = hasAreas
    ? Array.from({ length: count }, () => ({ first: cursor.u32('protected area'), last: cursor.u32('protected area') }))
    : undefined;
  return { referenceLength, referenceFiducial, beats, protectedAreas };
}
