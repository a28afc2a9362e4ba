import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../docker/local/ports.mjs';
import type { Deps } from '../../server/api/deps.ts';
import { commandField } from '../../server/api/dimse/command-set.ts';
import { encodeIdentifier } from '../../server/api/dimse/identifier.ts';
import { openAssociation } from '../../server/api/dimse/scu.ts';
import { storageCommitmentInstance, storageCommitmentSopClass } from '../../server/api/dimse/uids.ts';
import { startDimse } from '../../server/api/imaging/start-dimse.ts';
import { withDatabase } from '../factories/database.ts';
import { withImagingEdge } from '../factories/imaging-edge.ts';
import { imagesFor, orderedExam } from '../factories/imaging-order.ts';
import { givenIn, type Region } from '../factories/region.ts';
import { missingTools, run, temporaryFolder } from './dimse-tools.ts';

const database = withDatabase();
const edge = withImagingEdge(database);
const given = givenIn(database);
const life = new Lifecycle(createLog('test', 'silent'));
let region: Region;
let port: string;
beforeAll(async () => {
  region = await given.region();
  await database.db.device.create({ data: { facilityId: region.township.id, aeTitle: 'TOWN_DR', name: 'DR' } });
  await database.db.device.create({ data: { facilityId: region.stranger.id, aeTitle: 'STRANGE_DR', name: 'DR' } });
  await database.db.device.create({
    data: { facilityId: region.township.id, aeTitle: 'OLD_DR', name: 'DR', charsetOverride: 'GBK' },
  });
  await database.db.device.create({
    data: { facilityId: region.township.id, aeTitle: 'BROKEN_DR', name: 'DR', enabled: false },
  });
  const { config, ...deps } = edge.deps();
  const settings = { ...config, HUB_DIMSE_PORT: await freePort(), HUB_SETTLE_MS: 0 };
  await startDimse({ ...deps, config: settings, redis: undefined as never } satisfies Deps, life);
  port = String(settings.HUB_DIMSE_PORT);
});
afterAll(() => life.close());

const to = (calling: string, called = 'LIANZHEN') => ['-aet', calling, '-aec', called, '127.0.0.1', port];
type Images = ReturnType<typeof imagesFor>;

async function written(images: Images): Promise<string> {
  const folder = join(await temporaryFolder(), 'images');
  mkdirSync(folder);
  for (const [at, { bytes }] of images.entries()) writeFileSync(join(folder, `${at}.dcm`), bytes);
  return folder;
}
const stored = (images: Images) =>
  database.db.instance.findMany({ where: { sopInstanceUid: { in: images.map((one) => one.sopInstanceUid) } } });

describe.skipIf(missingTools('storescu', 'echoscu', 'findscu').length > 0)('dcmtk', () => {
  test('is heard when it is known, and refused and written down when it is not', async () => {
    expect((await run('echoscu', to('TOWN_DR'))).code).toBe(0);
    for (const caller of [to('NOBODY'), to('BROKEN_DR'), to('TOWN_DR', 'ELSEWHERE')]) {
      const { code, output } = await run('echoscu', ['-v', ...caller]);
      expect(code).not.toBe(0);
      expect(output).toMatch(/Rejected/i);
    }
    const entries = () => database.db.auditEntry.findMany({ where: { action: 'imaging.associationRefused' } });
    await expect
      .poll(async () => (await entries()).map(({ actorName }) => actorName).sort())
      .toEqual(['BROKEN_DR', 'NOBODY', 'TOWN_DR']);
  });

  test('stores images, and again, which are then read and matched', async () => {
    const { order, exam } = await orderedExam(database, edge, region);
    const images = imagesFor(exam.accessionNumber, { instances: 4 });
    const folder = await written(images);
    for (let time = 0; time < 2; time++) {
      expect((await run('storescu', ['+sd', ...to('TOWN_DR'), folder])).code).toBe(0);
    }
    const rows = await stored(images);
    expect(rows).toHaveLength(4);
    for (const { bytes, sopInstanceUid } of images) {
      const row = rows.find((one) => one.sopInstanceUid === sopInstanceUid);
      const file = await edge.blobs.read(row?.blob ?? '');
      expect(file.subarray(-512).equals(bytes.subarray(-512))).toBe(true);
      expect(row).toMatchObject({ door: 'c-store', facilityId: region.township.id });
    }
    await edge.settle();
    expect(await database.db.case.findUnique({ where: { orderId: order.id } })).toMatchObject({ state: 'ready' });
  });

  test("is told that a study is another facility's", async () => {
    const images = imagesFor('');
    const folder = await written(images);
    await run('storescu', ['+sd', ...to('TOWN_DR'), folder]);
    const { output } = await run('storescu', ['-v', '+sd', ...to('STRANGE_DR'), folder]);
    expect(output).toMatch(/0x0?124/);
    expect((await stored(images)).every(({ facilityId }) => facilityId === region.township.id)).toBe(true);
  });

  test('finds in the worklist what its facility ordered, in characters and letters', async () => {
    const { exam } = await orderedExam(database, edge, region);
    const keys = [
      'PatientName',
      'PatientID',
      'PatientBirthDate',
      'PatientSex',
      'StudyInstanceUID',
      'RequestedProcedureID',
      'RequestedProcedureDescription',
      `AccessionNumber=${exam.accessionNumber}`,
      '(0040,0100)[0].Modality=DX',
      '(0040,0100)[0].ScheduledStationAETitle=TOWN_DR',
      '(0040,0100)[0].ScheduledProcedureStepStartDate',
    ].flatMap((key) => ['-k', key]);
    const { code, output } = await run('findscu', ['-W', '-v', ...keys, ...to('TOWN_DR')]);
    expect(code).toBe(0);
    expect(output).toContain('ISO_IR 192');
    expect(output).toContain('ZHANG^SAN=张^三');
    expect(output).toContain(exam.studyInstanceUid);
    expect(output).toContain('19600501');
    const within = (time: string, birth: string) => [
      ...keys,
      ...['-k', `(0040,0100)[0].ScheduledProcedureStepStartTime=${time}`, '-k', `PatientBirthDate=${birth}`],
    ];
    const asked = (...range: [string, string]) => run('findscu', ['-W', '-v', ...within(...range), ...to('TOWN_DR')]);
    expect((await asked('000000-235959', '19600101-19601231')).output).toContain(exam.studyInstanceUid);
    expect((await asked('000000-235959', '19610101-')).output).not.toContain(exam.studyInstanceUid);
    for (const other of [to('STRANGE_DR'), to('TOWN_DR')]) {
      const missed = await run('findscu', ['-W', '-v', '-k', 'AccessionNumber=NONE', ...other]);
      expect(missed.output).not.toContain(exam.studyInstanceUid);
    }
    expect((await run('findscu', ['-W', '-v', ...keys, ...to('STRANGE_DR')])).output).not.toContain(
      exam.accessionNumber.concat(']\n'),
    );
  });

  test('says of which machine an exam is, and offers it to whoever asks by his own title and can make it', async () => {
    const machine = (aeTitle: string, modality: string | null) =>
      database.db.device.create({ data: { facilityId: region.township.id, aeTitle, name: aeTitle, modality } });
    const { exam } = await orderedExam(database, edge, region);
    /** The station that an item names to a caller that sends this as its key; undefined where the exam is not offered. */
    const stationFor = async (caller: string, key: string) => {
      const keys = [`AccessionNumber=${exam.accessionNumber}`, `(0040,0100)[0].ScheduledStationAETitle=${key}`];
      const { code, output } = await run('findscu', ['-W', '-v', ...keys.flatMap((one) => ['-k', one]), ...to(caller)]);
      expect(code).toBe(0);
      // What was asked is printed too, before the first answer.
      const [, ...answers] = output.split(/Find Response/);
      return answers.join().match(/\(0040,0001\) AE \[(.*?) ?\]/)?.[1];
    };
    // Nobody has said which machine makes what.
    expect(await stationFor('TOWN_DR', '')).toBe('TOWN_DR');
    expect(await stationFor('TOWN_DR', 'TOWN_DR')).toBe('TOWN_DR');
    expect(await stationFor('TOWN_DR', 'ROOM_1')).toBe('ROOM_1');
    const made = [await machine('TOWN_US', 'US')];
    expect(await stationFor('TOWN_US', 'TOWN_US')).toBe('TOWN_US');
    made.push(await machine('TOWN_DX', 'DX'));
    expect(await stationFor('TOWN_US', '')).toBe('TOWN_DX');
    expect(await stationFor('TOWN_US', 'TOWN_US')).toBeUndefined();
    expect(await stationFor('TOWN_US', 'TOWN_DX')).toBe('TOWN_DX');
    expect(await stationFor('TOWN_DX', 'TOWN_DX')).toBe('TOWN_DX');
    expect(await stationFor('TOWN_DR', 'TOWN_DR')).toBe('TOWN_DR');
    made.push(await machine('TOWN_DX2', 'DX'));
    expect(await stationFor('TOWN_DX2', 'TOWN_DX2')).toBe('TOWN_DX2');
    expect(await stationFor('TOWN_US', '')).toBe('TOWN_DX\\TOWN_DX2');
    expect(await stationFor('TOWN_DX', '*DX2')).toBe('TOWN_DX2');
    // A machine of another house neither finds it nor is named by it.
    expect(await stationFor('STRANGE_DR', 'TOWN_DX')).toBeUndefined();
    await database.db.device.deleteMany({ where: { id: { in: made.map(({ id }) => id) } } });
  });

  test('answers an old machine in its own character set', async () => {
    await orderedExam(database, edge, region);
    const { output } = await run('findscu', ['-W', '-v', '-k', 'PatientName=ZHANG*', ...to('OLD_DR')]);
    expect(output).toContain('GB18030');
  });

  test('finds its own studies at every level, and no others', async () => {
    const images = imagesFor('FIND-1');
    await run('storescu', ['+sd', ...to('TOWN_DR'), await written(images)]);
    await edge.settle();
    const [row] = await stored(images);
    const find = (caller: string, ...keys: string[]) =>
      run('findscu', ['-S', '-v', ...keys.flatMap((key) => ['-k', key]), ...to(caller)]);
    const study = await find(
      'TOWN_DR',
      'QueryRetrieveLevel=STUDY',
      'AccessionNumber=FIND-?',
      'StudyInstanceUID',
      'PatientName',
    );
    expect(study.output).toContain(row?.studyInstanceUid);
    const keys = [
      'QueryRetrieveLevel=IMAGE',
      `StudyInstanceUID=${row?.studyInstanceUid}`,
      `SeriesInstanceUID=${row?.seriesInstanceUid}`,
    ];
    const found = await find('TOWN_DR', ...keys, 'SOPInstanceUID');
    for (const { sopInstanceUid } of images) expect(found.output).toContain(sopInstanceUid);
    expect((await find('STRANGE_DR', ...keys, 'SOPInstanceUID')).output).not.toContain(images[0]?.sopInstanceUid);
    const wrong = await find('TOWN_DR', 'QueryRetrieveLevel=SERIES');
    expect(wrong.output).toMatch(/DataSetDoesNotMatch/);
  });
});

test('storage commitment promises only what is there and reads back', async () => {
  const images = imagesFor('', { rows: 800, columns: 800 });
  const folder = await written(images);
  if (missingTools('storescu').length > 0) return;
  await run('storescu', ['+sd', ...to('TOWN_DR'), folder]);
  const rows = await stored(images);
  const damaged = rows[1];
  await edge.blobs.remove(damaged?.blob ?? '');
  const reported = Promise.withResolvers<{ eventTypeId: number; text: string }>();
  const association = await openAssociation({
    ...{
      host: '127.0.0.1',
      port: Number(port),
      callingAeTitle: 'TOWN_DR',
      calledAeTitle: 'LIANZHEN',
      timeoutMs: 10_000,
    },
    contexts: [{ abstractSyntax: storageCommitmentSopClass, transferSyntaxes: ['1.2.840.10008.1.2.1'] }],
    onEventReport: async ({ eventTypeId, dataset }) => {
      reported.resolve({ eventTypeId, text: JSON.stringify(dataset) });
      return { code: 0 };
    },
  });
  const reference = (sopInstanceUid: string) => ({
    '00081150': { vr: 'UI', Value: [rows[0]?.sopClassUid] },
    '00081155': { vr: 'UI', Value: [sopInstanceUid] },
  });
  const uids = [...rows.map((row) => row.sopInstanceUid), '1.2.3.4.5'];
  const context = association.contextFor(storageCommitmentSopClass);
  const command = {
    commandField: commandField.action,
    requestedSopClassUid: storageCommitmentSopClass,
    requestedSopInstanceUid: storageCommitmentInstance,
    actionTypeId: 1,
  };
  const asked = {
    '00081195': { vr: 'UI', Value: ['2.25.1'] },
    '00081199': { vr: 'SQ', Value: uids.map(reference) },
  };
  const { code } = await association.request(context, command, encodeIdentifier(asked, context.transferSyntax));
  expect(code).toBe(0);
  const { eventTypeId, text } = await reported.promise;
  await association.release();
  expect(eventTypeId).toBe(2);
  const { '00081198': failed, '00081199': committed } = JSON.parse(text);
  const uidsOf = (sequence: { Value: Array<Record<string, { Value: unknown[] }>> }) =>
    sequence.Value.map((item) => item['00081155']?.Value[0]);
  expect(uidsOf(committed)).toEqual([rows[0]?.sopInstanceUid]);
  expect(uidsOf(failed)).toEqual([damaged?.sopInstanceUid, '1.2.3.4.5']);
});
