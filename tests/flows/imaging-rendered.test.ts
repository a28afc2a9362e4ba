import { explicitBigEndian } from '@lianzhen/dicom/sop-classes.ts';
import { decode as decodePng } from 'fast-png';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../server/api/context.ts';
import { machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { rleLossless, syntheticStudy } from '../factories/dicom.ts';
import { withImagingEdge } from '../factories/imaging-edge.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const edge = withImagingEdge(database);
const given = givenIn(database);
let region: Region;
/** Paths of one instance each: by transfer syntax, by what it shows. */
const paths: Record<string, string> = {};

beforeAll(async () => {
  region = await given.region();
  const ct = { modality: 'CT', rows: 64, columns: 96, seed: 1 } as const;
  const made = {
    plain: syntheticStudy({ ...ct, instances: 3 }),
    rle: syntheticStudy({ ...ct, seed: 2, transferSyntaxUid: rleLossless }),
    big: syntheticStudy({ ...ct, seed: 3, transferSyntaxUid: explicitBigEndian }),
    us: syntheticStudy({ modality: 'US', rows: 32, columns: 32, seed: 4 }),
  };
  await edge.stow(
    machineOf(region.township, ['studies:send']),
    Object.values(made).flatMap((study) => study.map(({ bytes }) => bytes)),
  );
  await edge.settle();
  for (const [name, [first]] of Object.entries(made)) {
    const row = await database.db.instance.findUniqueOrThrow({
      where: { sopInstanceUid: first?.sopInstanceUid ?? '' },
    });
    paths[name] = `/studies/${row.studyInstanceUid}/series/${row.seriesInstanceUid}/instances/${row.sopInstanceUid}`;
  }
});

const get = (path: string, accept = '*/*', as: Actor = region.technician, headers: Record<string, string> = {}) =>
  edge.fetchAs(as, path, { headers: { accept, 'cache-control': 'max-age=0', ...headers } });
async function png(path: string) {
  const response = await get(path, 'image/png');
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
  return decodePng(new Uint8Array(await response.arrayBuffer()));
}

describe('a rendered instance', () => {
  test('is a JPEG unless a PNG is asked for, and is kept until something about it changes', async () => {
    const response = await get(`${paths.plain}/rendered`);
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('cache-control')).toContain('private');
    expect(Buffer.from(await response.arrayBuffer()).subarray(0, 3)).toEqual(Buffer.of(0xff, 0xd8, 0xff));
    const etag = response.headers.get('etag') ?? '';
    expect((await get(`${paths.plain}/rendered`, '*/*', region.technician, { 'if-none-match': etag })).status).toBe(
      304,
    );
    const other = await get(`${paths.plain}/rendered?quality=10`, '*/*', region.technician, { 'if-none-match': etag });
    expect(other.status).toBe(200);
    expect(await png(`${paths.plain}/rendered`)).toMatchObject({ width: 96, height: 64, channels: 1 });
  });

  test('is the same frame by frame, and in whatever syntax it came', async () => {
    const [first, framed] = [await png(`${paths.plain}/rendered`), await png(`${paths.plain}/frames/1/rendered`)];
    expect(framed.data).toEqual(first.data);
    expect(new Set(first.data).size).toBeGreaterThan(20);
    for (const name of ['rle', 'big']) {
      const picture = await png(`${paths[name]}/rendered`);
      expect([picture.width, picture.height, new Set(picture.data).size > 20]).toEqual([96, 64, true]);
    }
    expect((await png(`${paths.us}/rendered`)).width).toBe(32);
  });

  test('changes with window and viewport', async () => {
    const usual = await png(`${paths.plain}/rendered`);
    const dark = await png(`${paths.plain}/rendered?window=4000,100,linear`);
    expect(dark.data).not.toEqual(usual.data);
    expect(new Set(dark.data)).toEqual(new Set([0]));
    const part = await png(`${paths.plain}/rendered?viewport=24,24,0,0,48,48`);
    expect([part.width, part.height]).toEqual([24, 24]);
  });

  test.each([
    ['/rendered?window=40', 400],
    ['/rendered?viewport=0,0', 400],
    ['/rendered?viewport=10,10,90,0,20,20', 400],
    ['/rendered?quality=0', 400],
    ['/frames/1,2/rendered', 400],
    ['/frames/9/rendered', 404],
  ])('%s: %i', async (rest, status) => {
    expect((await get(`${paths.plain}${rest}`)).status).toBe(status);
  });

  test('is given in no other form, and not for a whole series', async () => {
    expect((await get(`${paths.plain}/rendered`, 'image/gif')).status).toBe(406);
    expect((await get(`${paths.plain}/rendered?accept=image/gif`)).status).toBe(406);
    expect((await get(`${paths.plain?.split('/instances')[0]}/rendered`)).status).toBe(406);
  });

  test('whose stream is damaged is refused with the reason, and others are drawn afterwards', async () => {
    const { id, frames } = await database.db.instance.findUniqueOrThrow({
      where: { sopInstanceUid: paths.rle?.split('/').at(-1) ?? '' },
    });
    const [[[offset, length]]] = (frames as { frames: [[[number, number]]] }).frames;
    const cut = { ...(frames as object), frames: [[[offset, Math.floor(length / 2)]]] };
    await database.db.instance.update({ where: { id }, data: { frames: cut, sha256: 'f'.repeat(64) } });
    const response = await get(`${paths.rle}/rendered`);
    expect([response.status, await response.text()]).toEqual([422, expect.stringContaining('RLE')]);
    expect((await get(`${paths.plain}/rendered`)).status).toBe(200);
  });
});

describe('a thumbnail', () => {
  test('is there of a study, a series, an instance and a frame, and is small', async () => {
    const [study = '', series = ''] = [paths.plain?.split('/series')[0], paths.plain?.split('/instances')[0]];
    for (const path of [study, series, paths.plain, `${paths.plain}/frames/1`]) {
      const picture = await png(`${path}/thumbnail`);
      expect([picture.width, picture.height]).toEqual([128, 85]);
    }
    expect((await png(`${paths.plain}/thumbnail?viewport=48,48`)).width).toBe(48);
    expect((await get(`${paths.plain}/thumbnail?viewport=2000,2000`)).status).toBe(400);
  });
});

test('a stranger is given no picture, and a look is on record', async () => {
  const others: Actor[] = [region.outsider, machineOf(region.stranger, ['results:read', 'studies:send'])];
  for (const actor of others)
    for (const rest of ['/rendered', '/frames/1/rendered', '/thumbnail', '/frames/1/thumbnail'])
      expect((await get(`${paths.plain}${rest}`, '*/*', actor)).status).toBe(404);
  const read = { action: 'imaging.studyRead', actorId: region.technician.accountId };
  await expect.poll(() => database.db.auditEntry.count({ where: read })).toBeGreaterThan(0);
});
