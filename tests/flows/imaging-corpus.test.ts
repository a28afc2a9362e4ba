import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { corpusFiles } from '../corpus.ts';
import { machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withImagingEdge } from '../factories/imaging-edge.ts';
import { partsOf } from '../factories/modality.ts';
import { givenIn, type Region } from '../factories/region.ts';

const database = withDatabase();
const edge = withImagingEdge(database);
const given = givenIn(database);
let region: Region;
beforeAll(async () => {
  region = await given.region();
});

/** Each file is sent as a facility of its own would: some share their UIDs on purpose. */
async function arrive(path: string) {
  const bytes = readFileSync(path);
  const { status, json } = await edge.stow(machineOf(region.township, ['studies:send']), [bytes]);
  return { status, bytes, json };
}
const files = corpusFiles('dicom');

describe.skipIf(files.length === 0)('real files', () => {
  test('are each taken or refused with a reason, come back byte for byte, and are read without a stop', async () => {
    const answers = [];
    for (const path of files) answers.push({ path, ...(await arrive(path)) });
    for (const { path, status } of answers) expect([200, 409], basename(path)).toContain(status);
    await edge.settle();
    const taken = answers.filter(({ status }) => status === 200);
    expect(taken.length).toBeGreaterThan(files.length / 2);
    const rows = await database.db.instance.findMany();
    expect(rows.filter((row) => row.indexedAt === null && row.indexError === null)).toEqual([]);
    const stored = await Promise.all(rows.map(async (row) => (await edge.blobs.read(row.blob)).toString('base64')));
    for (const { path, bytes } of taken) expect(stored.includes(bytes.toString('base64')), basename(path)).toBe(true);
  });

  test('have every frame that they promise', async () => {
    const rows = await database.db.instance.findMany({ where: { indexedAt: { not: null }, frameCount: { gt: 0 } } });
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      const path = `/studies/${row.studyInstanceUid}/series/${row.seriesInstanceUid}/instances/${row.sopInstanceUid}`;
      const accept = 'multipart/related; type="application/octet-stream"; transfer-syntax=*';
      const response = await edge.fetchAs(region.technician, `${path}/frames/1`, { headers: { accept } });
      // A file whose pixels were cut off has fewer frames than it says.
      if (response.status === 404) continue;
      expect(response.status, row.transferSyntaxUid).toBe(200);
      const [frame] = partsOf(response.headers.get('content-type') ?? '', Buffer.from(await response.arrayBuffer()));
      expect(frame?.length, row.transferSyntaxUid).toBeGreaterThan(0);
    }
  });
});
