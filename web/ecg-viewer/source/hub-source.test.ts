import type { TraceView } from '@lianzhen/contracts/ecg.ts';
import { encodeHeader, encodeValues } from '@lianzhen/contracts/ecg-window.ts';
import { expect, test } from 'vitest';
import { type FetchBytes, hubSource, metaOf } from './hub-source.ts';

const filter = { highPassHz: null, lowPassHz: null, notchHz: null };
const lead = (code: string) => ({ code, derived: false, gain: 1, baseline: 0, filter });
const recording = (durationMs: number) => ({
  ...{ index: 0, kind: 'rhythm' as const, label: null, samplingFrequency: 100, startMs: 0, durationMs },
  sampleCount: durationMs / 10,
  leads: [lead('I'), lead('II')],
});
const viewOf = (durationMs: number, part: Partial<TraceView> = {}) =>
  ({
    ...{ id: 'trace', state: 'read', acquiredAt: null, patient: null, recordings: [recording(durationMs)] },
    ...{ device: { manufacturer: 'A', model: 'B' }, annotations: [], statements: [], warnings: [], quality: [] },
    ...{ overviewLevels: [], original: { mediaType: 'image/png', size: 1, name: null } },
    ...part,
  }) as unknown as TraceView;

/** The hub, which answers with its leads the other way round: II is 1000 more than the number of the sample, I is it. */
function hub() {
  const asked: string[] = [];
  const fetchBytes: FetchBytes = async (path) => {
    asked.push(path);
    const { searchParams } = new URL(path, 'http://hub');
    const from = Number(searchParams.get('fromMs')) / 10;
    const count = Number(searchParams.get('toMs')) / 10 - from;
    const leads = ['II', 'I'].map((code) => ({ code, derived: false }));
    const header = encodeHeader({
      ...{ kind: 'window', recording: 0, samplingFrequency: 100, fromMs: from * 10, valueCount: count, leads },
    });
    const values = [1000, 0].map((plus) =>
      encodeValues(Float32Array.from({ length: count }, (_, i) => from + i + plus)),
    );
    return new Blob([header, ...values] as BlobPart[]).arrayBuffer();
  };
  return { asked, fetchBytes };
}

test('a short recording is fetched once and cut as asked, in the order of its leads', async () => {
  const { asked, fetchBytes } = hub();
  const source = hubSource(viewOf(10_000), fetchBytes);
  const [one, two] = await source.samples(0, 20, 50);
  expect([[...(one ?? [])], [...(two ?? [])]]).toEqual([
    [2, 3, 4],
    [1002, 1003, 1004],
  ]);
  expect((await source.samples(0, 0, 10_000))[0]).toHaveLength(1000);
  expect(asked).toHaveLength(1);
});

test('of a long recording only what is asked for is fetched, and kept', async () => {
  const { asked, fetchBytes } = hub();
  const source = hubSource(viewOf(3_600_000), fetchBytes);
  const [one] = await source.samples(0, 45_000, 45_020);
  expect([...(one ?? [])]).toEqual([4500, 4501]);
  await source.samples(0, 45_000, 45_020);
  await source.samples(0, 90_000, 90_010);
  expect(asked).toHaveLength(2);
});

test('what failed is asked for again, and closing gives up what is on its way', async () => {
  const { fetchBytes } = hub();
  let calls = 0;
  const signals: AbortSignal[] = [];
  const source = hubSource(viewOf(10_000), async (path, signal) => {
    calls += 1;
    signals.push(signal);
    if (calls === 1) throw new Error('no link');
    return fetchBytes(path, signal);
  });
  await expect(source.samples(0, 0, 100)).rejects.toThrow('no link');
  expect(await source.samples(0, 0, 100)).toHaveLength(2);
  source.close();
  expect(signals[1]?.aborted).toBe(true);
  expect(await source.samples(0, 0, 100)).toHaveLength(2);
});

test('a picture is shown from its file, a person under the recorder’s letters', async () => {
  const patient = { id: 'p', name: '<b>张三</b>', sex: 'female', birthDate: null };
  const meta = metaOf(viewOf(0, { state: 'picture', recordings: [], patient }));
  expect(meta).toMatchObject({
    device: 'A B',
    patient: { name: '<b>张三</b>', sex: 'F' },
    picture: { url: '/api/ecg/traces/trace/original', mediaType: 'image/png' },
  });
});
