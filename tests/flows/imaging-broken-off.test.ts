import { instancesReceived } from '@lianzhen/platform/metrics.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { type SyntheticInstance, syntheticStudy } from '../factories/dicom.ts';
import { withImagingEdge } from '../factories/imaging-edge.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const edge = withImagingEdge(database);
const given = givenIn(database);
let region: Region;
beforeAll(async () => {
  region = await given.region();
});
const sender = () => machineOf(region.township, ['studies:send']);
const stored = (uids: string[]) => database.db.instance.findMany({ where: { sopInstanceUid: { in: uids } } });
const lastReception = async () => {
  const where = { action: 'imaging.instancesReceived', chain: region.township.id };
  return (await database.db.auditEntry.findFirst({ where, orderBy: { position: 'desc' } }))?.detail;
};

describe('an upload whose sender is lost in the middle', () => {
  /** Sends some bytes of an upload, and hangs up once they are on their way and `isTime`. */
  const breakOff = async (contentType: string, bytes: Buffer, isTime = async () => true) => {
    const lost = new AbortController();
    let asked = 0;
    const pull = (to: ReadableStreamDefaultController<Uint8Array>) => {
      asked += 1;
      if (asked === 1) to.enqueue(new Uint8Array(bytes));
    };
    const body = new ReadableStream({ pull }, { highWaterMark: 0 });
    const headers = { 'content-type': contentType, accept: 'application/dicom+json' };
    const init = { method: 'POST', headers, body, duplex: 'half' as const, signal: lost.signal };
    const answer = edge.fetchAs(sender(), '/studies', init);
    // More is asked for once the first is written.
    await expect.poll(async () => asked > 1 && (await isTime())).toBe(true);
    lost.abort();
    await expect(answer).rejects.toThrow();
  };

  test('keeps what was whole, and is on record', async () => {
    const [one, two] = syntheticStudy({ modality: 'CT', instances: 2 }) as [SyntheticInstance, SyntheticInstance];
    const head = Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\n');
    const bytes = Buffer.concat([head, one.bytes, Buffer.from('\r\n'), head, two.bytes.subarray(0, 3000)]);
    const uids = [one.sopInstanceUid, two.sopInstanceUid];
    const isTime = async () => (await stored(uids)).length === 1;
    await breakOff('multipart/related; type="application/dicom"; boundary=b', bytes, isTime);
    await expect.poll(lastReception).toMatchObject({ stored: 1, refused: 1, studyCount: 1 });
    expect(await stored(uids)).toHaveLength(1);
  });

  test('as one bare instance leaves nothing', async () => {
    const [one] = syntheticStudy({ modality: 'CT', instances: 1, seed: 7 }) as [SyntheticInstance];
    await breakOff('application/dicom', one.bytes.subarray(0, -100));
    await expect.poll(lastReception).toMatchObject({ stored: 0, refused: 1, studyCount: 0 });
    expect(await stored([one.sopInstanceUid])).toEqual([]);
  });
});

/** The sender says that it is done, but what it sent stops short. */
describe('an upload that ends', () => {
  const partHead = Buffer.from('--b\r\nContent-Type: application/dicom\r\n\r\n');
  const refusals = async () =>
    (await instancesReceived.get()).values.find(({ labels }) => labels.outcome === 'refused')?.value ?? 0;

  test.each([
    ['in a part', (bytes: Buffer) => [partHead, bytes.subarray(0, 3000)]],
    ['in a part of another type', () => [Buffer.from('--b\r\nContent-Type: text/plain\r\n\r\nx')]],
    ['in the headers of a part', () => [partHead.subarray(0, -3)]],
  ])('%s is refused once: in the answer, on record and in the count', async (where, restOf) => {
    const [one, two] = syntheticStudy({ modality: 'CT', instances: 2, seed: where.length + 100 });
    if (!one || !two) throw new Error('two were asked for');
    const before = await refusals();
    const body = Buffer.concat([partHead, one.bytes, Buffer.from('\r\n'), ...restOf(two.bytes)]);
    const headers = {
      'content-type': 'multipart/related; type="application/dicom"; boundary=b',
      accept: 'application/dicom+json',
    };
    const answer = await edge.fetchAs(sender(), '/studies', { method: 'POST', headers, body: new Uint8Array(body) });
    const json = (await answer.json()) as Record<string, { Value: unknown[] }>;
    expect([answer.status, json['00081198']?.Value.length]).toEqual([202, 1]);
    expect(await lastReception()).toMatchObject({ stored: 1, refused: 1 });
    expect((await refusals()) - before).toBe(1);
  });
});
