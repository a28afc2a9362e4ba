import { text } from '@lianzhen/dicom/model.ts';
import { explicitLittleEndian } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { ecgClass } from '@lianzhen/ecg/formats/dicom/ecg-classes.ts';
import { readDataset } from '@lianzhen/ecg/formats/dicom/waveform-dataset.ts';
import { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../docker/local/ports.mjs';
import type { Deps } from '../../server/api/deps.ts';
import { openAssociation } from '../../server/api/dimse/scu.ts';
import { readSamples } from '../../server/api/ecg/read-samples.ts';
import { startDimse } from '../../server/api/imaging/start-dimse.ts';
import { ctxFor } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEcgEdge } from '../factories/ecg-edge.ts';
import { dicomOf, type EcgRegion, ecgRegion, orderedEcg, recordedNow } from '../factories/ecg-region.ts';

const database = withDatabase();
const edge = withEcgEdge(database);
const life = new Lifecycle(createLog('test', 'silent'));
let region: EcgRegion;
let port = 0;
beforeAll(async () => {
  region = await ecgRegion(database);
  await database.db.device.create({ data: { facilityId: region.township.id, aeTitle: 'TOWN_ECG', name: '心电图机' } });
  const { config, ...deps } = edge.apiDeps();
  port = await freePort();
  await startDimse({ ...deps, config: { ...config, HUB_DIMSE_PORT: port, HUB_SETTLE_MS: 0 } } satisfies Deps, life);
});
afterAll(() => life.close());

/** Sends one waveform as a recorder that speaks DICOM. @returns the status, and what it is called */
async function store(bytes: Buffer): Promise<{ code: number; sopInstanceUid: string }> {
  const { json } = readDataset(bytes);
  const [sopClassUid = '', sopInstanceUid = ''] = [text(json, tags.SOPClassUID), text(json, tags.SOPInstanceUID)];
  const association = await openAssociation({
    ...{ host: '127.0.0.1', port, callingAeTitle: 'TOWN_ECG', calledAeTitle: 'LIANZHEN', timeoutMs: 10_000 },
    contexts: [{ abstractSyntax: sopClassUid, transferSyntaxes: [explicitLittleEndian] }],
  });
  const uids = { sopClassUid, sopInstanceUid, transferSyntaxUid: explicitLittleEndian };
  // Preamble, mark, and the group length with the group that it counts.
  const head = 132 + 12 + bytes.readUInt32LE(140);
  const { code } = await association.store({ ...uids, body: bytes.subarray(head) });
  await association.release();
  return { code, sopInstanceUid };
}

test.each([
  ['12-lead', ecgClass.twelveLead, recordedNow()],
  ['ambulatory', ecgClass.ambulatory, recordedNow({ rateHz: 125, leads: ['II', 'V1', 'V5'] })],
  ['general 32-bit', ecgClass.general32, recordedNow({ gain: 0.01 })],
])('a %s waveform that a recorder stores is matched, read and measured', async (_name, sopClassUid, trace) => {
  const { order, exam } = await orderedEcg(database, edge, region);
  const { code, sopInstanceUid } = await store(dicomOf(trace, { accessionNumber: exam.accessionNumber }));
  expect(code).toBe(0);
  const instance = await database.db.instance.findUniqueOrThrow({ where: { sopInstanceUid } });
  expect(instance.sopClassUid).toBe(sopClassUid);
  await edge.settle(2);
  const found = await database.db.ecgTrace.findUniqueOrThrow({ where: { sopInstanceUid } });
  expect(found).toMatchObject({ format: 'dicom', state: 'read', facilityId: region.township.id });
  expect(await database.db.case.findUniqueOrThrow({ where: { orderId: order.id } })).toMatchObject({ state: 'ready' });
  const { leads } = await readSamples(edge.apiDeps(), ctxFor(region.reader), { id: found.id, recording: 0 });
  const [lead] = trace.recordings[0]?.leads ?? [];
  const expected = Array.from(
    lead?.samples.subarray(0, 200) ?? [],
    (unit) => Math.round(unit * (lead?.gain ?? 0) * 1e6) / 1e6,
  );
  expect(leads[0]?.samples.slice(0, 200)).toEqual(expected);
});
