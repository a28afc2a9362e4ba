import { deflatedExplicitLittleEndian, explicitBigEndian, explicitLittleEndian } from '@lianzhen/dicom/sop-classes.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../server/api/context.ts';
import { machineOf, nobody } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { rleLossless, syntheticStudy } from '../factories/dicom.ts';
import { withImagingEdge } from '../factories/imaging-edge.ts';
import { imagesFor, orderedExam, samePerson } from '../factories/imaging-order.ts';
import { partsOf } from '../factories/modality.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const edge = withImagingEdge(database);
const given = givenIn(database);
let region: Region;
let own: Actor;
/** A study of three slices, indexed. */
const slices = syntheticStudy({ modality: 'CT', instances: 3, rows: 32, columns: 32, seed: 9001, patient: samePerson });
let studyUid: string;
let seriesUid: string;
const [first] = slices as [(typeof slices)[number]];
const firstUid = first.sopInstanceUid;

beforeAll(async () => {
  region = await given.region();
  own = region.technician;
  await arrive(slices.map(({ bytes }) => bytes));
  const row = await database.db.instance.findUniqueOrThrow({ where: { sopInstanceUid: firstUid } });
  [studyUid, seriesUid] = [row.studyInstanceUid, row.seriesInstanceUid];
});

async function arrive(files: Buffer[], from = region.township): Promise<void> {
  await edge.stow(machineOf(from, ['studies:send']), files);
  await edge.settle();
}
const get = (path: string, accept = '*/*', actor = own) => edge.fetchAs(actor, path, { headers: { accept } });
type Json = Record<string, { vr: string; Value?: unknown[]; BulkDataURI?: string }>;
const search = async (path: string, actor = own): Promise<Json[]> =>
  (await get(path, 'application/dicom+json', actor)).json() as Promise<Json[]>;
const uidsIn = (rows: Json[], tag = '0020000D') => rows.map((row) => row[tag]?.Value?.[0]);
const instancePath = () => `/studies/${studyUid}/series/${seriesUid}/instances/${firstUid}`;
async function parts(response: Response): Promise<Buffer[]> {
  expect(response.status).toBe(200);
  return partsOf(response.headers.get('content-type') ?? '', Buffer.from(await response.arrayBuffer()));
}

describe('QIDO-RS', () => {
  test.each([
    ['PatientName=ZHANG*'],
    ['PatientName=zhang^san'],
    ['PatientName=%E5%BC%A0*'],
    ['00100020=M-of-*'],
    ['StudyDate=20250601-20250630'],
    ['StudyDate=20250605'],
    ['StudyDate=-20250605'],
    ['StudyTime=0815'],
    ['ModalitiesInStudy=CT'],
    ['AccessionNumber=A00900?'],
    ['PatientBirthDate=19600501&PatientSex=M'],
  ])('finds the study by %s', async (query) => {
    expect(uidsIn(await search(`/studies?${query}`))).toContain(studyUid);
  });

  test.each([
    ['PatientName=LI*'],
    ['StudyDate=20240101-20241231'],
    ['ModalitiesInStudy=MR'],
    ['StudyInstanceUID=1.2.3'],
  ])('does not find it by %s', async (query) => {
    expect(uidsIn(await search(`/studies?${query}`))).not.toContain(studyUid);
  });

  test('answers what the standard asks of a study', async () => {
    const [row] = await search(`/studies?StudyInstanceUID=${studyUid}`);
    expect(row).toMatchObject({
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'ZHANG^SAN', Ideographic: '张^三' }] },
      '00080061': { vr: 'CS', Value: ['CT'] },
      '00201206': { vr: 'IS', Value: [1] },
      '00201208': { vr: 'IS', Value: [3] },
      '00080090': { vr: 'PN' },
    });
    expect(String(row?.['00081190']?.Value?.[0])).toMatch(new RegExp(`/dicomweb/studies/${studyUid}$`));
  });

  test('lists series and instances at every path, with the fields asked for', async () => {
    const paths = [
      `/studies/${studyUid}/instances`,
      `/studies/${studyUid}/series/${seriesUid}/instances`,
      `/instances?StudyInstanceUID=${studyUid}`,
    ];
    for (const path of paths) expect(await search(path)).toHaveLength(3);
    expect(await search(`/studies/${studyUid}/series`)).toHaveLength(1);
    expect(await search(`/series?SeriesInstanceUID=${seriesUid}&Modality=CT`)).toHaveLength(1);
    const [row] = await search(`/studies/${studyUid}/instances?includefield=PixelSpacing&InstanceNumber=2`);
    expect(row?.['00280030']?.Value).toHaveLength(2);
    const [all] = await search(`/studies/${studyUid}/instances?includefield=all`);
    expect(all?.['7FE00010']?.BulkDataURI).toContain(`/instances/${firstUid}/bulk/7FE00010`);
  });

  test('pages, and says that there is more', async () => {
    const first = await get(`/studies/${studyUid}/instances?limit=2`, 'application/dicom+json');
    expect(await first.json()).toHaveLength(2);
    expect(first.headers.get('warning')).toContain('additional results');
    expect(await search(`/studies/${studyUid}/instances?limit=2&offset=2`)).toHaveLength(1);
  });

  test('tells what it cannot match, and refuses what is not understood', async () => {
    const warned = await get('/studies?PatientWeight=80&fuzzymatching=true');
    expect(warned.status).toBe(200);
    expect(warned.headers.get('warning')).toMatch(/PatientWeight is not supported.*fuzzymatching is not supported/);
    const wrong = [
      'NoSuchKeyword=1',
      'limit=-1',
      'offset=x',
      'StudyDate=yesterday',
      'StudyInstanceUID=x',
      'StudyDate=2-3-4',
    ];
    for (const query of wrong) expect((await get(`/studies?${query}`)).status, query).toBe(400);
  });
});

describe('WADO-RS', () => {
  test('gives back what was sent, byte for byte, at every level', async () => {
    for (const path of [`/studies/${studyUid}`, `/studies/${studyUid}/series/${seriesUid}`]) {
      const got = await parts(await get(path, 'multipart/related; type="application/dicom"; transfer-syntax=*'));
      expect(got.map((part) => part.toString('base64')).sort()).toEqual(
        slices.map(({ bytes }) => bytes.toString('base64')).sort(),
      );
    }
    const alone = await get(instancePath(), 'application/dicom');
    expect(alone.headers.get('content-type')).toBe(`application/dicom; transfer-syntax=${explicitLittleEndian}`);
    expect(Buffer.from(await alone.arrayBuffer()).equals(first.bytes)).toBe(true);
  });

  test('gives the metadata, without pixels, and knows when the client has them', async () => {
    const response = await get(`/studies/${studyUid}/metadata`, 'application/dicom+json');
    const rows = (await response.json()) as Json[];
    expect(rows.map((row) => row['00080018']?.Value?.[0])).toEqual(slices.map(({ sopInstanceUid }) => sopInstanceUid));
    const uri = rows[0]?.['7FE00010']?.BulkDataURI ?? '';
    expect(uri).toMatch(/^http:.*\/dicomweb\/studies\/.*\/bulk\/7FE00010$/);
    const etag = response.headers.get('etag') ?? '';
    const again = await edge.fetchAs(own, `/studies/${studyUid}/metadata`, {
      headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
    const bulk = await get(new URL(uri).pathname.replace('/dicomweb', ''), 'application/octet-stream');
    expect((await bulk.arrayBuffer()).byteLength).toBe(32 * 32 * 2);
  });

  test('gives frames with their syntax, in parts or alone', async () => {
    const accept = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';
    const response = await get(`${instancePath()}/frames/1`, accept);
    expect(response.headers.get('cache-control')).toContain('private');
    const [frame] = await parts(response);
    const pixels = first.bytes.subarray(-32 * 32 * 2);
    expect(frame?.equals(pixels)).toBe(true);
    const alone = await get(`${instancePath()}/frames/1`, 'application/octet-stream');
    expect(alone.headers.get('content-type')).toBe(`application/octet-stream; transfer-syntax=${explicitLittleEndian}`);
    expect(Buffer.from(await alone.arrayBuffer()).equals(pixels)).toBe(true);
  });

  test.each([
    ['multipart/related; type=application/octet-stream', 200],
    ['multipart/related; type="application/octet-stream"; transfer-syntax=1.2.840.10008.1.2.1', 200],
    ['*/*', 200],
    ['multipart/related; type="image/jpeg"', 406],
    ['image/png', 406],
    ['multipart/related; type="application/octet-stream"; transfer-syntax=1.2.840.10008.1.2.4.80', 406],
  ])('frames for %s: %i', async (accept, status) => {
    expect((await get(`${instancePath()}/frames/1`, accept)).status).toBe(status);
  });

  test('says which frames there are not', async () => {
    expect((await get(`${instancePath()}/frames/2`)).status).toBe(404);
    for (const list of ['0', 'x', '1,,2', '-1'])
      expect((await get(`${instancePath()}/frames/${list}`)).status).toBe(400);
  });

  test('offers nothing it would have to make', async () => {
    expect((await get(`${instancePath()}/rendered`, 'image/gif')).status).toBe(406);
    expect((await get(`/studies/${studyUid}/metadata`, 'application/dicom+xml')).status).toBe(406);
    const jpeg = 'multipart/related; type="application/dicom"; transfer-syntax=1.2.840.10008.1.2.4.50';
    expect((await get(`/studies/${studyUid}`, jpeg)).status).toBe(406);
  });
});

describe('other transfer syntaxes', () => {
  const made = (transferSyntaxUid: string, seed: number) =>
    syntheticStudy({ modality: 'CT', rows: 16, columns: 16, seed, patient: samePerson, transferSyntaxUid })[0];

  test.each([
    [deflatedExplicitLittleEndian, 9101],
    [explicitBigEndian, 9102],
  ])('%s is shown in little endian, and given back as it came', async (syntax, seed) => {
    const one = made(syntax, seed);
    await arrive([one?.bytes as Buffer]);
    const row = await database.db.instance.findUniqueOrThrow({ where: { sopInstanceUid: one?.sopInstanceUid ?? '' } });
    expect(row.rendition).toBeTruthy();
    const path = `/studies/${row.studyInstanceUid}/series/${row.seriesInstanceUid}/instances/${row.sopInstanceUid}`;
    const frame = await get(`${path}/frames/1`, 'application/octet-stream');
    const pixels = Buffer.from(await frame.arrayBuffer());
    expect(pixels.length).toBe(16 * 16 * 2);
    const [original] = await parts(await get(path));
    expect(original?.equals(one?.bytes as Buffer)).toBe(true);
    const asked = `multipart/related; type="application/dicom"; transfer-syntax=${explicitLittleEndian}`;
    const answer = await get(path, asked);
    expect(answer.headers.get('etag')).not.toBe((await get(path)).headers.get('etag'));
    const [rendered] = await parts(answer);
    expect(rendered?.equals(one?.bytes as Buffer)).toBe(false);
    expect(rendered?.includes(pixels)).toBe(true);
  });

  test('compressed frames are given as they are, and only as they are', async () => {
    const one = made(rleLossless, 9103);
    await arrive([one?.bytes as Buffer]);
    const row = await database.db.instance.findUniqueOrThrow({ where: { sopInstanceUid: one?.sopInstanceUid ?? '' } });
    const path = `/studies/${row.studyInstanceUid}/series/${row.seriesInstanceUid}/instances/${row.sopInstanceUid}/frames/1`;
    const any = await get(path);
    expect(any.headers.get('content-type')).toContain('type="image/dicom-rle"');
    expect((await get(path, 'multipart/related; type="application/octet-stream"; transfer-syntax=*')).status).toBe(200);
    expect((await get(path, 'multipart/related; type="application/octet-stream"')).status).toBe(406);
    const [frame] = await parts(any);
    expect(one?.bytes.includes(frame as Buffer)).toBe(true);
  });
});

describe('the stranger', () => {
  test('finds nothing and is given nothing, by any path and as anybody', async () => {
    const others: Actor[] = [region.outsider, machineOf(region.stranger, ['results:read', 'studies:send'])];
    const paths = [
      `/studies/${studyUid}`,
      `/studies/${studyUid}/metadata`,
      `/studies/${studyUid}/series/${seriesUid}`,
      instancePath(),
      `${instancePath()}/metadata`,
      `${instancePath()}/frames/1`,
      `${instancePath()}/bulk/7FE00010`,
      `${instancePath()}/rendered`,
    ];
    for (const actor of others) {
      for (const path of paths) expect((await get(path, '*/*', actor)).status, path).toBe(404);
      const searches = [
        '/studies',
        '/series',
        '/instances',
        `/studies/${studyUid}/series`,
        `/studies/${studyUid}/instances`,
      ];
      for (const path of searches) expect(await search(path, actor), path).toEqual([]);
    }
  });

  test('cannot reach it through a study of his own', async () => {
    const his = syntheticStudy({ modality: 'CT', rows: 8, columns: 8, seed: 9200 })[0];
    await arrive([his?.bytes as Buffer], region.stranger);
    const row = await database.db.instance.findUniqueOrThrow({ where: { sopInstanceUid: his?.sopInstanceUid ?? '' } });
    const mixed = [
      `/studies/${row.studyInstanceUid}/series/${seriesUid}/instances/${firstUid}/frames/1`,
      `/studies/${row.studyInstanceUid}/series/${row.seriesInstanceUid}/instances/${firstUid}`,
      `/studies/${row.studyInstanceUid}/series/${seriesUid}`,
    ];
    for (const path of mixed) expect((await get(path, '*/*', region.outsider)).status, path).toBe(404);
  });

  test('nobody is asked to log in, and a token without the right is refused', async () => {
    expect((await get('/studies', '*/*', nobody)).status).toBe(401);
    expect((await edge.stow(nobody, [first.bytes])).status).toBe(401);
    expect((await get('/studies', '*/*', machineOf(region.township, ['orders:send']))).status).toBe(403);
    expect((await edge.stow(machineOf(region.township, ['results:read']), [])).status).toBe(403);
    expect((await edge.stow(region.resident, [])).status).toBe(403);
  });
});

test('the centre sees a study from the moment that it belongs to an order of its own, and is on record once', async () => {
  const { exam } = await orderedExam(database, edge, region);
  const images = imagesFor(exam.accessionNumber);
  const [one] = images;
  await edge.stow(
    machineOf(region.township, ['studies:send']),
    images.map(({ bytes }) => bytes),
  );
  const row = await database.db.instance.findUniqueOrThrow({ where: { sopInstanceUid: one?.sopInstanceUid ?? '' } });
  expect((await get(`/studies/${row.studyInstanceUid}/metadata`, '*/*', region.resident)).status).toBe(404);
  await edge.settle();
  for (let time = 0; time < 3; time++) {
    expect((await get(`/studies/${row.studyInstanceUid}/metadata`, '*/*', region.resident)).status).toBe(200);
  }
  const reads = { action: 'imaging.studyRead', actorId: region.resident.accountId };
  const entries = await database.db.auditEntry.findMany({ where: reads });
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ patientId: region.patient.id, objectType: 'study' });
});
