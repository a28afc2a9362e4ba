import { expect, test } from 'vitest';
import { OverviewBuilder, writeOverview } from './overview.ts';

/** A ramp that swings, with a hole. */
const sampleOf = (at: number): number => (at >= 1000 && at < 1100 ? Number.NaN : (at % 2 === 0 ? 1 : -1) * at);
const stretch = (from: number, to: number) => Float64Array.from({ length: to - from }, (_, at) => sampleOf(from + at));
const expected = (from: number, to: number) => {
  const values = [...stretch(from, to)].filter((value) => !Number.isNaN(value));
  return values.length === 0 ? [Number.NaN, Number.NaN] : [Math.min(...values), Math.max(...values)];
};

test('every level says the lowest and the highest, however the recording was cut when it was read', () => {
  const count = 300_000;
  const builder = new OverviewBuilder(1, count);
  for (let at = 0; at < count; at += 7001) builder.add([stretch(at, Math.min(count, at + 7001))]);
  const levels = builder.levels();
  expect(levels.map(({ samplesPerPair }) => samplesPerPair)).toEqual([64, 256]);
  for (const { samplesPerPair, pairs } of levels) {
    expect(pairs[0]).toHaveLength(Math.ceil(count / samplesPerPair) * 2);
    for (const pair of [0, 4, 15, 16, 17, Math.ceil(count / samplesPerPair) - 1]) {
      const from = pair * samplesPerPair;
      const found = [...(pairs[0] ?? []).slice(pair * 2, pair * 2 + 2)];
      expect(found).toEqual(expected(from, Math.min(count, from + samplesPerPair)));
    }
  }
  // Nothing was recorded in pair 16: 1024 to 1088.
  expect(levels[0]?.pairs[0]?.[32]).toBeNaN();
});

test('a week of many leads is held in bounded memory', () => {
  const [level] = new OverviewBuilder(12, 7 * 24 * 3600 * 500).levels();
  const bytes = (level?.pairs ?? []).reduce((sum, { byteLength }) => sum + byteLength, 0);
  expect(bytes).toBeLessThanOrEqual(64 * 1024 * 1024);
  expect(level?.samplesPerPair).toBe(1024);
});

test('the file says where each level lies', async () => {
  const builder = new OverviewBuilder(2, 200_000);
  builder.add([stretch(0, 200_000), stretch(0, 200_000).map((value) => -value)]);
  const pieces: Uint8Array[] = [];
  const write = async (source: AsyncIterable<Uint8Array>) => {
    for await (const piece of source) pieces.push(piece);
    return { place: 'there', sha256: '', size: 0 };
  };
  const file = await writeOverview({ write }, new Map([[0, builder.levels()]]));
  const bytes = Buffer.concat(pieces);
  expect(file.levels.reduce((sum, { length }) => sum + length, 0)).toBe(bytes.length);
  const second = file.levels[1];
  expect(second).toMatchObject({ recording: 0, samplesPerPair: 256, pairCount: Math.ceil(200_000 / 256) });
  const at = second?.offset ?? 0;
  expect([bytes.readFloatLE(at), bytes.readFloatLE(at + 4)]).toEqual(expected(0, 256));
});
