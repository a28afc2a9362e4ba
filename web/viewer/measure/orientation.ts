import type { ImageHeader, Vector } from '../source/study-model.ts';

/** Letters at the four edges of a tile. */
export interface EdgeLetters {
  readonly left: string;
  readonly right: string;
  readonly top: string;
  readonly bottom: string;
}

const opposite: Readonly<Record<string, string>> = { L: 'R', R: 'L', A: 'P', P: 'A', H: 'F', F: 'H', S: 'I', I: 'S' };

/** The direction of a vector in the patient (PS3.3 C.7.6.1.1.1): the strongest axis first, small ones left out. */
export function directionLetters(vector: Vector): string {
  const axes = [
    { size: Math.abs(vector[0]), letter: vector[0] > 0 ? 'L' : 'R' },
    { size: Math.abs(vector[1]), letter: vector[1] > 0 ? 'P' : 'A' },
    { size: Math.abs(vector[2]), letter: vector[2] > 0 ? 'H' : 'F' },
  ];
  return axes
    .filter(({ size }) => size > 0.25)
    .sort((a, b) => b.size - a.size)
    .slice(0, 2)
    .map(({ letter }) => letter)
    .join('');
}

const turned = (letters: string): string => [...letters].map((letter) => opposite[letter] ?? letter).join('');

/** Where the rows and the columns of a picture point to: from its plane, else as the header says in letters. */
function directions({ plane, patientOrientation }: ImageHeader): [row: string, column: string] | null {
  if (plane) return [directionLetters(plane.row), directionLetters(plane.column)];
  const isKnown = (letters: string) => /^[LRAPHFSI]{1,3}$/.test(letters);
  if (!patientOrientation?.every(isKnown)) return null;
  return [patientOrientation[0], patientOrientation[1]];
}

/**
 * The letters at the edges of a picture that lies turned by a multiple of 90 degrees and mirrored, or null where the
 * header does not say how the patient lay.
 */
export function edgeLetters(
  header: ImageHeader,
  placement: { readonly rotation: number; readonly hflip: boolean; readonly vflip: boolean },
): EdgeLetters | null {
  const found = directions(header);
  if (!found) return null;
  const right = placement.hflip ? turned(found[0]) : found[0];
  const bottom = placement.vflip ? turned(found[1]) : found[1];
  // Clockwise from the top: what was at the right edge goes to the bottom with a quarter turn.
  const edges = [turned(bottom), right, bottom, turned(right)];
  const quarters = Math.round(placement.rotation / 90);
  const at = (edge: number) => edges[(((edge - quarters) % 4) + 4) % 4] as string;
  return { top: at(0), right: at(1), bottom: at(2), left: at(3) };
}
