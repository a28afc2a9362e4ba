import { beforeAll, describe, expect, test } from 'vitest';
import { decideQuarantine } from '../../server/api/imaging/decide-quarantine.ts';
import { listQuarantine } from '../../server/api/imaging/list-quarantine.ts';
import { ctxFor, machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { forged, syntheticStudy } from '../factories/dicom.ts';
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
const technician = () => ctxFor(region.technician);
const deps = () => ({ ...edge.deps(), redis: undefined as never });
let seed = 700;

/** A study that is here, and its images. */
async function studyHere(instances: number) {
  const images = syntheticStudy({ modality: 'CT', instances, seed: ++seed });
  await edge.stow(
    sender(),
    images.map(({ bytes }) => bytes),
  );
  await edge.settle();
  return images;
}
const listed = async (state: 'open' | 'accepted' | 'acknowledged' | 'rejected', uids: readonly string[]) =>
  (await listQuarantine(deps(), technician(), { page: 1, pageSize: 100, state })).rows.filter((row) =>
    uids.includes(row.sopInstanceUid ?? ''),
  );
const kept = (uids: string[]) => database.db.quarantineItem.findMany({ where: { sopInstanceUid: { in: uids } } });
const acknowledge = (id: string) =>
  decideQuarantine(deps(), technician(), { id, decision: 'reject', reason: '设备重建后重发' });

describe('a study that is sent again with other bytes', () => {
  test('is one question, that counts its images and keeps the bytes of each', async () => {
    const images = await studyHere(15);
    const uids = images.map(({ sopInstanceUid }) => sopInstanceUid);
    const again = images.map(({ bytes }) => forged(bytes));
    expect((await edge.stow(sender(), again)).status).toBe(409);
    expect((await edge.stow(sender(), again)).status).toBe(409);
    const [question, ...more] = await listed('open', uids);
    expect(more).toEqual([]);
    expect(question).toMatchObject({ kind: 'same-uid-other-bytes', imageCount: 15, study: { instanceCount: 15 } });
    expect(question?.images).toHaveLength(12);
    expect(question?.images[0]).toMatchObject({ seriesNumber: expect.any(Number), number: 1 });
    const rows = await kept(uids);
    expect(rows).toHaveLength(15);
    for (const row of rows) {
      const at = uids.indexOf(row.sopInstanceUid ?? '');
      expect((await edge.blobs.read(row.blob ?? '')).equals(again[at] as Buffer)).toBe(true);
      const audited = { action: 'imaging.instanceQuarantined', objectId: row.id };
      expect(await database.db.auditEntry.count({ where: audited })).toBe(1);
    }
  });

  test('is one question however many senders come at once', async () => {
    const images = await studyHere(6);
    const again = images.map(({ bytes }) => forged(bytes));
    await Promise.all([again, again, [...again].reverse(), again.slice(3)].map((files) => edge.stow(sender(), files)));
    const uids = images.map(({ sopInstanceUid }) => sopInstanceUid);
    expect(await listed('open', uids)).toMatchObject([{ imageCount: 6 }]);
    expect(await kept(uids)).toHaveLength(6);
  });

  test('counts an image once, whatever other bytes came under its UID', async () => {
    const [one] = await studyHere(1);
    if (!one) throw new Error('no image');
    await edge.stow(sender(), [forged(one.bytes), forged(one.bytes, 30)]);
    expect(await listed('open', [one.sopInstanceUid])).toMatchObject([{ imageCount: 1, images: [{ number: 1 }] }]);
    expect(await kept([one.sopInstanceUid])).toHaveLength(2);
  });

  test('is acknowledged for all its images, and rejected by nobody', async () => {
    const images = await studyHere(4);
    const uids = images.map(({ sopInstanceUid }) => sopInstanceUid);
    const again = images.map(({ bytes }) => forged(bytes));
    await edge.stow(sender(), again.slice(0, 3));
    const [question] = await listed('open', uids);
    const decided = await acknowledge(question?.id ?? '');
    expect(decided).toMatchObject({ state: 'acknowledged', imageCount: 3, reason: '设备重建后重发' });
    expect(await listed('rejected', uids)).toEqual([]);
    expect(await listed('acknowledged', uids)).toMatchObject([{ imageCount: 3 }]);
    expect((await kept(uids)).map(({ state, reason }) => [state, reason])).toEqual(
      Array(3).fill(['acknowledged', '设备重建后重发']),
    );
    // What was decided is not asked again; an image that had not come then is.
    await edge.stow(sender(), again);
    expect(await listed('open', uids)).toMatchObject([{ imageCount: 1, sopInstanceUid: uids[3] }]);
  });

  test('is decided through its question only', async () => {
    const images = await studyHere(2);
    const uids = images.map(({ sopInstanceUid }) => sopInstanceUid);
    await edge.stow(
      sender(),
      images.map(({ bytes }) => forged(bytes)),
    );
    const part = (await kept(uids)).find(({ questionId }) => questionId !== null);
    await expect(acknowledge(part?.id ?? '')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('while it is being acknowledged, loses no image', async () => {
    const images = await studyHere(8);
    const uids = images.map(({ sopInstanceUid }) => sopInstanceUid);
    const [first, ...rest] = images.map(({ bytes }) => forged(bytes));
    await edge.stow(sender(), [first as Buffer]);
    const [question] = await listed('open', uids);
    await Promise.all([edge.stow(sender(), rest), acknowledge(question?.id ?? '')]);
    const [open, acknowledged] = [await listed('open', uids), await listed('acknowledged', uids)];
    expect(acknowledged).toHaveLength(1);
    expect(open.length).toBeLessThan(2);
    expect([...open, ...acknowledged].reduce((sum, { imageCount }) => sum + imageCount, 0)).toBe(8);
  });
});

test('a study of another facility that many claim at once is one question, and tells nothing of its images', async () => {
  const images = await studyHere(4);
  const uids = images.map(({ sopInstanceUid }) => sopInstanceUid);
  const stranger = machineOf(region.stranger, ['studies:send']);
  await Promise.all(images.map(({ bytes }) => edge.stow(stranger, [bytes])));
  expect(await kept(uids)).toMatchObject([{ kind: 'foreign-study' }]);
  const { rows } = await listQuarantine(deps(), ctxFor(region.outsider), { page: 1, pageSize: 100, state: 'open' });
  const asked = rows.filter(({ sopInstanceUid }) => uids.includes(sopInstanceUid ?? ''));
  expect(asked).toMatchObject([{ study: null, imageCount: 1, images: [{ seriesNumber: null, number: null }] }]);
});
