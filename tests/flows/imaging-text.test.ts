import { uidFrom } from '@lianzhen/dicom/uid.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { decideQuarantine } from '../../server/api/imaging/decide-quarantine.ts';
import { openIntake } from '../../server/api/imaging/intake.ts';
import { listQuarantine } from '../../server/api/imaging/list-quarantine.ts';
import { previewCharset } from '../../server/api/imaging/preview-charset.ts';
import { receiveInstance } from '../../server/api/imaging/receive-instance.ts';
import { setCharset } from '../../server/api/imaging/set-charset.ts';
import { ctxFor } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { syntheticStudy } from '../factories/dicom.ts';
import { withImagingEdge } from '../factories/imaging-edge.ts';
import { imagesFor, orderedExam, samePerson } from '../factories/imaging-order.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const edge = withImagingEdge(database);
const given = givenIn(database);
let region: Region;
let device: { id: string; revision: number };
beforeAll(async () => {
  region = await given.region();
  device = await database.db.device.create({
    data: { facilityId: region.township.id, aeTitle: 'LYING_DR', name: 'DR' },
  });
});
const technician = () => ctxFor(region.technician);
const deps = () => ({ ...edge.deps(), redis: undefined as never });

/** As the device sends it; its files say ISO_IR 100 over GBK bytes. */
function lying(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  // GBK is longer than nothing: the declaration is overwritten in place, padded to the length it had.
  const at = copy.indexOf('GBK ');
  copy.write('    ', at, 'latin1');
  return copy;
}
async function receive(files: Buffer[]): Promise<void> {
  const intake = openIntake({ ...deps(), config: { ...deps().config, HUB_SETTLE_MS: 0 } });
  const source = { facilityId: region.township.id, deviceId: device.id, door: 'c-store' as const };
  async function* bodyOf(file: Buffer) {
    yield file;
  }
  for (const file of files) await receiveInstance(intake, source, bodyOf(file), {});
}
const studyOf = async (sopInstanceUid: string | undefined) => {
  const { studyInstanceUid } = await database.db.instance.findUniqueOrThrow({
    where: { sopInstanceUid: sopInstanceUid ?? '' },
  });
  return database.db.study.findUniqueOrThrow({ where: { studyInstanceUid } });
};

describe('a device whose bytes lie about their character set', () => {
  test('is previewed, mended and believed again; the bytes never change', async () => {
    const { order, exam } = await orderedExam(database, edge, region);
    const images = imagesFor(exam.accessionNumber, {
      charset: 'GBK',
      patient: { ...samePerson, name: { Alphabetic: '张^三' } },
      studyDescription: '胸部正位片',
    });
    const files = images.map(({ bytes }) => lying(bytes));
    await receive(files);
    await edge.settle();
    const uid = images[0]?.sopInstanceUid;
    const { id } = await studyOf(uid);
    const garbled = await studyOf(uid);

    const preview = await previewCharset(deps(), technician(), { id: device.id, charset: 'GBK' });
    expect(preview).toMatchObject([{ studyId: id, overridden: '张^三' }]);

    const override = await setCharset(deps(), technician(), {
      id: device.id,
      revision: device.revision,
      charset: 'GBK',
    });
    expect(override).toMatchObject({ charsetOverride: 'GBK', revision: device.revision + 1 });
    await edge.settle(2);
    expect(await studyOf(uid)).toMatchObject({
      headerName: { Alphabetic: '张^三' },
      description: '胸部正位片',
      charset: 'GBK (override)',
      state: 'matched',
    });
    expect(await database.db.case.findUnique({ where: { orderId: order.id } })).toMatchObject({ state: 'ready' });
    const row = await database.db.instance.findUniqueOrThrow({ where: { sopInstanceUid: uid ?? '' } });
    expect(JSON.stringify(row.attributes)).toContain('张^三');
    expect((await edge.blobs.read(row.blob)).equals(files[0] as Buffer)).toBe(true);

    await setCharset(deps(), technician(), { id: device.id, revision: override.revision, charset: null });
    await edge.settle();
    expect(await studyOf(uid)).toMatchObject({ headerName: garbled.headerName, charset: garbled.charset });
  });

  test('is read with its override from the first image on', async () => {
    const { revision } = await database.db.device.findUniqueOrThrow({ where: { id: device.id } });
    await setCharset(deps(), technician(), { id: device.id, revision, charset: 'GB18030' });
    const images = imagesFor('', { charset: 'GBK', patient: { ...samePerson, name: { Alphabetic: '欧阳^修' } } });
    await receive(images.map(({ bytes }) => lying(bytes)));
    await edge.settle();
    expect(await studyOf(images[0]?.sopInstanceUid)).toMatchObject({ headerName: { Alphabetic: '欧阳^修' } });
  });

  test('belongs to its facility, and to one change at a time', async () => {
    const outsider = ctxFor(region.outsider);
    const change = { id: device.id, revision: 1, charset: 'GBK' as const };
    await expect(setCharset(deps(), outsider, change)).rejects.toMatchObject({ code: 'P2025' });
    await expect(previewCharset(deps(), outsider, change)).rejects.toMatchObject({ code: 'P2025' });
    await expect(setCharset(deps(), technician(), change)).rejects.toMatchObject({ code: 'stale-revision' });
  });
});

describe('what cannot be read', () => {
  /** The header stays whole; a length behind it points beyond the end. */
  const broken = (bytes: Uint8Array): Buffer => {
    const file = Buffer.from(bytes);
    file.writeUInt16LE(0xfff0, file.indexOf(Buffer.from([0x28, 0x00, 0x10, 0x00, 0x55, 0x53])) + 6);
    return file;
  };
  const openItems = async (studyInstanceUid: string) => {
    const { rows } = await listQuarantine(deps(), technician(), { page: 1, pageSize: 50, state: 'open' });
    return rows.filter(({ study }) => study?.studyInstanceUid === studyInstanceUid);
  };

  test('is put before a person; the other images of its study go on', async () => {
    const images = imagesFor('', { instances: 3 });
    await receive(images.map(({ bytes }, at) => (at === 1 ? broken(bytes) : Buffer.from(bytes))));
    await edge.settle();
    expect(await studyOf(images[0]?.sopInstanceUid)).toMatchObject({ instanceCount: 2, state: 'unmatched' });
    const sopInstanceUid = images[1]?.sopInstanceUid ?? '';
    const row = await database.db.instance.findUniqueOrThrow({ where: { sopInstanceUid } });
    expect(row.indexError).toBeTruthy();
    const [item] = await database.db.quarantineItem.findMany({ where: { sopInstanceUid } });
    expect(item).toMatchObject({ kind: 'unreadable', state: 'open' });

    await decideQuarantine(deps(), technician(), { id: item?.id ?? '', decision: 'accept', reason: '再试一次' });
    await edge.settle();
    expect(await database.db.quarantineItem.findMany({ where: { sopInstanceUid } })).toMatchObject([{ state: 'open' }]);
  });

  test('of a study is one question, which grows, is answered once and is asked again for what still cannot be read', async () => {
    const studyInstanceUid = uidFrom('half of it is broken');
    const images = imagesFor('', { instances: 4, studyInstanceUid });
    const [whole, ...rest] = images.map(({ bytes }) => Buffer.from(bytes)) as [Buffer, ...Buffer[]];
    const bad = rest.map(broken);
    await receive([whole, ...bad.slice(0, 2)]);
    await edge.settle();
    const [first] = await openItems(studyInstanceUid);
    expect(first).toMatchObject({ kind: 'unreadable', imageCount: 2 });
    await receive(bad.slice(2));
    await edge.settle();
    const [question, ...others] = await openItems(studyInstanceUid);
    expect(others).toEqual([]);
    expect(question).toMatchObject({ id: first?.id, imageCount: 3 });
    // Each reason once, however many files have it.
    expect(question?.differences).toHaveLength(1);
    const id = question?.id ?? '';
    const { db } = database;
    const uids = { sopInstanceUid: { in: images.map(({ sopInstanceUid }) => sopInstanceUid) } };

    await decideQuarantine(deps(), technician(), { id, decision: 'accept', reason: '软件升级后再试' });
    expect(await db.instance.count({ where: { ...uids, indexError: { not: null } } })).toBe(0);
    await edge.settle();
    const [again, ...none] = await openItems(studyInstanceUid);
    expect(none).toEqual([]);
    expect(again).toMatchObject({ kind: 'unreadable', imageCount: 3 });

    await decideQuarantine(deps(), technician(), { id: again?.id ?? '', decision: 'reject', reason: '设备私有格式' });
    expect(await openItems(studyInstanceUid)).toEqual([]);
    expect((await db.quarantineItem.findMany({ where: uids })).map(({ state }) => state)).toEqual(
      bad.map(() => 'acknowledged'),
    );
    expect(await studyOf(images[0]?.sopInstanceUid)).toMatchObject({ instanceCount: 1 });
  });

  test('text of any kind breaks nothing', async () => {
    const nasty = 'A\u0000B\u0007\ud83d\ude00 "quoted" \\ %_ \u202e';
    const images = imagesFor('', {
      patient: { ...samePerson, name: { Alphabetic: nasty } },
      studyDescription: nasty.repeat(3),
    });
    await receive(images.map(({ bytes }) => bytes));
    await edge.settle();
    expect(await studyOf(images[0]?.sopInstanceUid)).toMatchObject({ instanceCount: 2, state: 'unmatched' });
  });
});

test('a series that belongs to another study is not taken over', async () => {
  const first = imagesFor('');
  await receive(first.map(({ bytes }) => bytes));
  await edge.settle();
  const { seriesInstanceUid } = await database.db.instance.findUniqueOrThrow({
    where: { sopInstanceUid: first[0]?.sopInstanceUid ?? '' },
  });
  const sopInstanceUid = uidFrom(`${seriesInstanceUid} another`);
  const attributes = { '00080018': { vr: 'UI', Value: [sopInstanceUid] } };
  const second = syntheticStudy({ modality: 'CT', rows: 8, columns: 8, seed: 777, seriesInstanceUid, attributes });
  await receive(second.map(({ bytes }) => bytes));
  await edge.settle();
  const [row] = await database.db.instance.findMany({ where: { sopInstanceUid } });
  expect(row).toMatchObject({ seriesId: null, indexError: expect.stringContaining('belongs to another study') });
  expect((await studyOf(sopInstanceUid)).state).toBe('quarantined');
});
