import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { connectDb, type Db } from '@lianzhen/db/client.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { which } from '../../docker/local/apt.mjs';
import { type Hub, startDemoHub } from '../factories/demo-store.ts';
import { syntheticStudy } from '../factories/dicom.ts';
import { machine } from '../factories/hub-client.ts';
import { imagesOf, type Line, openLine, orderOf } from '../factories/line.ts';
import { signedReport } from '../factories/line-work.ts';
import { stowDoor } from '../factories/modality.ts';
import { missingOrthanc, type OrthancServer, startOrthancServer } from '../factories/orthanc-server.ts';

const missing = missingOrthanc ?? (which('redis-server') ? undefined : 'redis-server is not installed');
const patience = { timeout: 30_000, interval: 100 };

describe('Orthanc and the hub', { timeout: 90_000 }, () => {
  let hub: Hub;
  let db: Db;
  let line: Line;
  let orthanc: OrthancServer;
  let seed = 5000;

  beforeEach(({ skip }) => skip(missing !== undefined, missing));

  beforeAll(async () => {
    if (missing) return;
    hub = await startDemoHub({ env: { HUB_SETTLE_MS: '1000', HUB_RETRY_BASE_MS: '300', HUB_SWEEP_MS: '500' } });
    db = connectDb(hub.databaseUrl, 2);
    line = await openLine(hub.url);
    const headers = { Authorization: 'Bearer demo-device-T01' };
    orthanc = await startOrthancServer({
      DicomAet: 'T01_DR',
      DicomModalities: { hub: ['LIANZHEN', '127.0.0.1', hub.ports.dimse] },
      DicomWeb: {
        Enable: true,
        Root: '/dicom-web/',
        Servers: { hub: { Url: `${hub.url}/dicomweb/`, HttpHeaders: headers, HasDelete: false } },
      },
    });
  }, 120_000);

  afterAll(async () => {
    await orthanc?.stop();
    await db?.close();
    await hub?.stop();
  }, 60_000);

  async function ask<T>(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<T> {
    const response = await fetch(`${orthanc.url}${path}`, {
      method,
      ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: HTTP ${response.status} ${text.slice(0, 500)}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  /** Images of a new order, put into Orthanc as if it had made them. @returns Orthanc's own names of them */
  async function imagesAtOrthanc(instances: number) {
    const order = await line.doctor.call(hubContract.orders.send, orderOf(line));
    const images = imagesOf(line, order.exams[0]?.accessionNumber ?? '', { instances, seed: ++seed });
    const ids: string[] = [];
    for (const { bytes } of images) ids.push((await ask<{ ID: string }>('/instances', bytes)).ID);
    return { order, images, ids };
  }
  const untilReady = (caseId: string, instanceCount: number) =>
    vi.waitFor(async () => {
      const found = await line.reader.call(hubContract.worklist.read, { id: caseId });
      expect(found).toMatchObject({ state: 'ready', instanceCount });
    }, patience);

  test('sends over C-STORE what the county then has to read', async () => {
    const { order, ids } = await imagesAtOrthanc(5);
    await ask('/modalities/hub/echo', {});
    const sent = await ask<{ InstancesCount: number; FailedInstancesCount: number }>('/modalities/hub/store', {
      Resources: ids,
      Synchronous: true,
    });
    expect(sent).toMatchObject({ InstancesCount: 5, FailedInstancesCount: 0 });
    await untilReady(order.caseId, 5);
    // Once more is no error and doubles nothing.
    expect(await ask('/modalities/hub/store', ids)).toMatchObject({ FailedInstancesCount: 0 });
    expect(await db.instance.count({ where: { studyInstanceUid: await studyOf(ids) } })).toBe(5);
  });

  const studyOf = async (ids: string[]): Promise<string> =>
    (await ask<{ StudyInstanceUID: string }>(`/instances/${ids[0]}/simplified-tags`)).StudyInstanceUID;

  test('sends over STOW-RS', async () => {
    const { order, ids } = await imagesAtOrthanc(4);
    await ask('/dicom-web/servers/hub/stow', { Resources: ids, Synchronous: true });
    await untilReady(order.caseId, 4);
  });

  test('is told by storage commitment what it may delete', async () => {
    const device = await db.device.findFirstOrThrow({ where: { aeTitle: 'T01_DR' } });
    await db.device.update({ where: { id: device.id }, data: { host: '127.0.0.1', port: orthanc.dicomPort } });
    const { ids, images } = await imagesAtOrthanc(3);
    await ask('/modalities/hub/store', ids.slice(0, 2));
    const ct = '1.2.840.10008.5.1.4.1.1.2';
    const asked = images.map(({ sopInstanceUid }) => ({ SOPClassUID: ct, SOPInstanceUID: sopInstanceUid }));
    const { ID } = await ask<{ ID: string }>('/modalities/hub/storage-commitment', { DicomInstances: asked });
    const report = await vi.waitFor(async () => {
      const found = await ask<{ Status: string; Success: object[]; Failures: { FailureReason: number }[] }>(
        `/storage-commitment/${ID}`,
      );
      expect(found.Status).not.toBe('Pending');
      return found;
    }, patience);
    expect(report.Status).toBe('Failure');
    expect(report.Success).toHaveLength(2);
    // No such object instance (PS3.3 C.14.1.1).
    expect(report.Failures.map(({ FailureReason }) => FailureReason)).toEqual([0x0112]);
  });

  test('finds studies at the hub over C-FIND and QIDO-RS, its own alone', async () => {
    const { order, ids } = await imagesAtOrthanc(2);
    const accessionNumber = order.exams[0]?.accessionNumber;
    await ask('/modalities/hub/store', ids);
    await untilReady(order.caseId, 2);
    const query = {
      Level: 'Study',
      Query: { AccessionNumber: accessionNumber, PatientName: '', StudyInstanceUID: '' },
    };
    const { ID } = await ask<{ ID: string }>('/modalities/hub/query', query);
    const answers = await ask<object[]>(`/queries/${ID}/answers?expand&simplify`);
    const facts = { AccessionNumber: accessionNumber, StudyInstanceUID: await studyOf(ids) };
    expect(answers).toEqual([expect.objectContaining(facts)]);
    const found = (number: string) =>
      ask<object[]>('/dicom-web/servers/hub/qido', { Uri: '/studies', Arguments: { AccessionNumber: number } });
    expect(await found(accessionNumber ?? '')).toHaveLength(1);
    const other = syntheticStudy({ modality: 'CT', seed: ++seed, accessionNumber: 'OTHER1', patient: { id: 'T02-1' } });
    await stowDoor(machine(hub.url, 'demo-device-T02'))(other, ({ isTaken }) => expect(isTaken).toBe(true));
    await vi.waitFor(
      async () => expect(await db.study.count({ where: { accessionNumber: 'OTHER1' } })).toBe(1),
      patience,
    );
    expect(await found('OTHER1')).toEqual([]);
  });

  test('takes a whole study back from the hub, unchanged', async () => {
    const { order, ids, images } = await imagesAtOrthanc(6);
    await ask('/dicom-web/servers/hub/stow', { Resources: ids, Synchronous: true });
    await untilReady(order.caseId, 6);
    const study = await studyOf(ids);
    const sent = await Promise.all(ids.map((id) => fileOf(id)));
    for (const id of ids) await ask(`/instances/${id}`, undefined, 'DELETE');
    await expect(fileOf(ids[0] ?? '')).rejects.toThrow('404');
    await ask('/dicom-web/servers/hub/retrieve', { Resources: [{ Study: study }], Synchronous: true });
    const back = await Promise.all(ids.map((id) => fileOf(id)));
    for (const [index, file] of back.entries()) expect(file.equals(sent[index] ?? Buffer.alloc(0))).toBe(true);
    expect(sent.map((file) => images.some(({ bytes }) => bytes.equals(file)))).toEqual(ids.map(() => true));
  });

  async function fileOf(id: string): Promise<Buffer> {
    const answer = await fetch(`${orthanc.url}/instances/${id}/file`);
    if (!answer.ok) throw new Error(`instance ${id}: HTTP ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  test('has every report once, over C-STORE and over STOW-RS', async () => {
    const { createDestination } = hubContract.delivery;
    const own = { facilityId: line.countyId };
    const web = await startOrthancServer();
    try {
      const dimse = { host: '127.0.0.1', port: orthanc.dicomPort, calledAeTitle: 'T01_DR' };
      await line.admin.call(createDestination, { ...own, kind: 'dicom-store', name: 'PACS', config: dimse });
      const config = { baseUrl: `${web.url}/dicom-web` };
      await line.admin.call(createDestination, { ...own, kind: 'dicomweb', name: 'PACS web', config });
      const { orderId, studyInstanceUid } = await signedReport(line);
      await vi.waitFor(async () => {
        const { rows } = await line.reader.call(hubContract.delivery.list, { orderId });
        const dicom = rows.filter(({ channel }) => channel.startsWith('dicom'));
        expect(dicom.map(({ state, answer }) => [state, answer])).toEqual([
          ['accepted', expect.any(String)],
          ['accepted', expect.any(String)],
        ]);
      }, patience);
      for (const { url } of [orthanc, web]) {
        const query = {
          Level: 'Instance',
          Query: { StudyInstanceUID: studyInstanceUid, Modality: 'DOC' },
          Expand: true,
        };
        const found = await fetch(`${url}/tools/find`, { method: 'POST', body: JSON.stringify(query) });
        const documents = (await found.json()) as { ID: string }[];
        expect(documents).toHaveLength(1);
        const pdf = await fetch(`${url}/instances/${documents[0]?.ID}/pdf`);
        expect(
          Buffer.from(await pdf.arrayBuffer())
            .subarray(0, 5)
            .toString(),
        ).toBe('%PDF-');
      }
    } finally {
      await web.stop();
    }
  });
});
