import { HubError } from '@lianzhen/contracts/errors.ts';
import { describe, expect, test } from 'vitest';
import { expandBimodal, storedLength, stretchesOf } from './bimodal.ts';
import { readScp } from './read-scp.ts';
import { type ScpToWrite, writeScp } from './test-kit/write-scp.ts';

const lead = { code: 'I', derived: false, first: 1, count: 12 };
const expand = (stored: number[], areas: Array<[number, number]>, factor = 4, of = lead) => {
  const ranges = areas.map(([first, last]) => ({ first, last }));
  const stretches = stretchesOf(of, ranges, 'section 4', 0);
  expect(storedLength(stretches, factor)).toBe(stored.length);
  return [...expandBimodal(Int32Array.from(stored), stretches, factor)];
};

test('stored samples stand at the middle of four, with straight lines between and level ends', () => {
  expect(expand([0, 8, 4], [])).toEqual([0, 0, 0, 2, 4, 6, 8, 7, 6, 5, 4, 4]);
});

test('factor two and three', () => {
  expect(expand([0, 4], [], 2, { ...lead, count: 4 })).toEqual([0, 0, 2, 4]);
  expect(expand([0, 6], [], 3, { ...lead, count: 6 })).toEqual([0, 0, 2, 4, 6, 6]);
});

test('protected areas are copied, and what division leaves over comes last', () => {
  expect(expand([10, 1, 2, 3, 20, 30], [[5, 7]])).toEqual([10, 10, 10, 10, 1, 2, 3, 20, 20, 20, 20, 30]);
});

test('areas beyond the lead, at its ends and with zeros', () => {
  expect(
    expand(
      [1, 2, 3, 9, 9],
      [
        [0, 0],
        [1, 3],
        [40, 50],
      ],
      4,
      { ...lead, count: 8 },
    ),
  ).toEqual([1, 2, 3, 9, 9, 9, 9, 9]);
  expect(expand([5, 1, 2], [[5, 99]], 4, { ...lead, count: 6 })).toEqual([5, 5, 5, 5, 1, 2]);
  // The lead begins in the middle of the second area.
  expect(
    expand(
      [7, 8, 1, 2, 3],
      [
        [2, 4],
        [9, 12],
      ],
      4,
      { ...lead, first: 11, count: 5 },
    ),
  ).toEqual([7, 8, 1, 2, 3]);
});

test('between whole units the nearest one is taken', () => {
  expect(expand([0, 1], [], 4, { ...lead, count: 8 })).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
});

/** Outside of the areas nothing that decimation by 4 could not keep: knots 4 apart in time and in units, joined by lines. */
function keptByDecimation(count: number, areas: ReadonlyArray<{ first: number; last: number }>): number[] {
  const samples: number[] = [];
  let begin = 1;
  const knots = (length: number) => {
    const heights = Array.from({ length: Math.floor(length / 4) }, (_, block) => 4 * (((block * 37) % 11) - 5));
    for (let at = 0; at < heights.length * 4; at += 1) {
      const block = Math.max(0, Math.floor((at - 2) / 4));
      const [low, high] = [heights[block] ?? 0, heights[block + 1] ?? heights[block] ?? 0];
      samples.push(at < 2 ? low : low + ((high - low) / 4) * ((at - 2) % 4));
    }
    for (let rest = length % 4; rest > 0; rest -= 1) samples.push(1000 + rest);
  };
  for (const { first, last } of areas) {
    knots(first - begin);
    for (let number = first; number <= last; number += 1) samples.push(((number * 7919) % 301) - 150);
    begin = last + 1;
  }
  knots(count - begin + 1);
  return samples.map((sample) => sample + 0);
}

const areas = [60, 260, 463].map((first) => ({ first, last: first + 44 }));
const beats = areas.map(({ first }) => ({ type: 0, first: first - 40, fiducial: first + 20, last: first + 99 }));
const beat = Array.from({ length: 150 }, (_, at) => Math.round(300 * Math.exp(-(((at - 61) / 9) ** 2))) + 0);

/** The residual with the reference beat over each beat: fiducial sample 62 of it lies over `fiducial`. */
const withBeats = (residual: readonly number[]) =>
  residual.map((sample, index) => {
    const under = beats.filter(({ first, last }) => index + 1 >= first && index + 1 <= last);
    return under.reduce((sum, { fiducial }) => sum + (beat[index + 1 - fiducial + 62 - 1] ?? 0), sample);
  });

describe.each([
  ['default table', 'default'],
  ['plain', 'plain'],
] as const)('%s', (_, coding) => {
  const residual = keptByDecimation(599, areas);
  const options = { coding, reference: { fiducial: 62 }, beats, isSubtracted: true } satisfies Partial<ScpToWrite>;

  test('reference beat and decimation together come back exactly, at the rate before decimation', () => {
    const samples = withBeats(residual);
    const leads = ['I', 'II'].map((code) => ({ code, samples, beat }));
    const trace = readScp(writeScp({ ...options, leads, bimodal: { factor: 4, areas } }));
    expect([...(trace.recordings[0]?.leads[1]?.samples ?? [])]).toEqual(samples);
    expect(trace.recordings[0]).toMatchObject({ samplingFrequency: 500 });
    expect(trace.warnings).toEqual([]);
  });

  test('a reference beat alone comes back exactly, whatever the samples are', () => {
    const samples = withBeats(residual.map((sample, index) => sample + ((index * 31) % 17)));
    const trace = readScp(writeScp({ ...options, leads: [{ code: 'V1', samples, beat }] }));
    expect([...(trace.recordings[0]?.leads[0]?.samples ?? [])]).toEqual(samples);
  });

  test('decimation alone comes back', () => {
    const leads = [{ code: 'V1', samples: residual, beat }];
    const trace = readScp(writeScp({ ...options, leads, isSubtracted: false, bimodal: { factor: 4, areas } }));
    expect([...(trace.recordings[0]?.leads[0]?.samples ?? [])]).toEqual(residual);
  });
});

test('residual and beat in different units are added in one that both are multiples of', () => {
  const options = { reference: { fiducial: 62, multiplier: 1500 }, beats, isSubtracted: true, multiplier: 2500 };
  const zeros = Array.from({ length: 599 }, () => 0);
  const trace = readScp(writeScp({ ...options, leads: [{ code: 'I', samples: zeros, beat }] }));
  const [found] = trace.recordings[0]?.leads ?? [];
  // The writer took whole units away: at the peak of 300 that is 300 units of 2.5 uV gone and 300 of 1.5 uV added.
  expect(found?.gain).toBe(0.5);
  expect(found?.samples[(beats[0]?.fiducial ?? 0) - 1]).toBe(300 * 3 - 300 * 5);
});

test('beats of another kind keep what they have', () => {
  const others = beats.map((one) => ({ ...one, type: 1 }));
  const samples = Array.from({ length: 599 }, (_, at) => at % 50);
  const options = { reference: { fiducial: 62 }, beats: others, isSubtracted: true };
  const trace = readScp(writeScp({ ...options, leads: [{ code: 'I', samples, beat }] }));
  expect([...(trace.recordings[0]?.leads[0]?.samples ?? [])]).toEqual(samples);
});

const refused = (options: Partial<ScpToWrite>) => {
  const leads = [{ code: 'I', samples: Array.from({ length: 599 }, () => 3), beat }];
  const usual = { leads, reference: { fiducial: 62 }, beats };
  try {
    readScp(writeScp({ ...usual, ...options }));
  } catch (error) {
    if (error instanceof HubError) return error.details;
  }
  return undefined;
};

test('what cannot be undone without guessing is refused', () => {
  const bimodal = { factor: 4, areas };
  expect(refused({ bimodal, reference: undefined })).toMatchObject({ where: 'section 5', found: 'no section' });
  expect(refused({ isSubtracted: true, reference: undefined })).toMatchObject({ where: 'section 5' });
  expect(refused({ bimodal: { factor: 16, areas } })).toMatchObject({
    where: 'section 6',
    found: '32000 and 2000 microseconds',
  });
  const backwards = [...areas].reverse();
  expect(refused({ bimodal: { factor: 4, areas: backwards } })).toMatchObject({ found: '260 to 304 after 507' });
  const many = Array.from({ length: 60 }, () => ({ type: 0, first: 1, fiducial: 62, last: 150 }));
  expect(refused({ beats: many, isSubtracted: true })).toMatchObject({
    expected: 'beats that cover a sample at most 4 times',
  });
});
