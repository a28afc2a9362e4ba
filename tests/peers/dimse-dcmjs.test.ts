import { join } from 'node:path';
import { decodeDataset } from '@lianzhen/dicom/dataset.ts';
import { sequence, text } from '@lianzhen/dicom/model.ts';
import dimse from 'dcmjs-dimse';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { sendCommitmentResult } from '../../server/api/dimse/commitment.ts';
import type { CommitRequest } from '../../server/api/dimse/handlers.ts';
import { associate, type Running, startServer as start } from '../../server/api/dimse/server-for-tests.ts';
import { ctStorage, explicitLittle, slices, temporaryFolder, writeSlices } from './dimse-tools.ts';

const { Client, Dataset, Scp, Server, log, requests, responses, constants } = dimse;
const commitmentClass = '1.2.840.10008.1.20.1';
const commitmentInstance = '1.2.840.10008.1.20.1.1';

beforeAll(() => log.setLevel('silent'));

async function startServer(...given: Parameters<typeof start>): Promise<Running> {
  const running = await start(...given);
  onTestFinished(() => running.server.close(0));
  return running;
}

/** Sends what has been added and resolves when the association is over; a network error rejects. */
const sent = (client: InstanceType<typeof Client>, port: number, options = {}): Promise<void> =>
  new Promise((resolve, reject) => {
    client.on('networkError', reject);
    client.on('associationRejected', () => reject(new Error('rejected')));
    client.on('closed', resolve);
    client.send('127.0.0.1', port, 'DCMJS', 'PROVIDER', options);
  });

test('its client is answered an echo, stores, and reads matches', async () => {
  const { port, stored, refused } = await startServer(
    {},
    {
      async *find(_peer, { identifier }) {
        const id = text(identifier, '00100020') ?? '';
        for (const suffix of ['a', 'b']) yield { '00100020': { vr: 'LO', Value: [`${id}${suffix}`] } };
      },
    },
  );
  const given = slices(3, 256);
  const folder = writeSlices(await temporaryFolder(), given);
  const client = new Client();
  const statuses: number[] = [];
  const found: (string | undefined)[] = [];
  const echo = new requests.CEchoRequest();
  echo.on('response', (response) => statuses.push(response.getStatus()));
  client.addRequest(echo);
  for (let number = 1; number <= given.length; number += 1) {
    const store = new requests.CStoreRequest(join(folder, `000${number}.dcm`));
    store.on('response', (response) => statuses.push(response.getStatus()));
    client.addRequest(store);
  }
  const find = requests.CFindRequest.createStudyFindRequest({ PatientID: 'P' });
  find.on('response', (response) => {
    if (response.hasDataset()) found.push(response.getDataset().getElement('PatientID'));
    else statuses.push(response.getStatus());
  });
  client.addRequest(find);
  await sent(client, port);
  expect(statuses).toEqual([0, 0, 0, 0, 0]);
  expect(found).toEqual(['Pa', 'Pb']);
  expect([...stored.keys()].sort()).toEqual(given.map(({ sopInstanceUid }) => sopInstanceUid).sort());
  // This client decodes and encodes what it reads, so the bytes are its own; the pixels are ours.
  for (const { sopInstanceUid, dataset } of given) {
    const bytes = stored.get(sopInstanceUid) ?? Buffer.alloc(0);
    expect(bytes.subarray(-131_072).equals(dataset.subarray(-131_072))).toBe(true);
  }
  expect(refused).toEqual([]);
});

test('its client gets a storage commitment result on the association it asked on', async () => {
  const asked: CommitRequest[] = [];
  const { port } = await startServer(
    {},
    {
      async commit(_peer, request) {
        asked.push(request);
        return { committed: request.references, failed: [] };
      },
    },
  );
  const client = new Client();
  const action = new requests.NActionRequest(commitmentClass, commitmentInstance, 1);
  const references = [{ ReferencedSOPClassUID: ctStorage, ReferencedSOPInstanceUID: '1.2.3' }];
  action.setDataset(new Dataset({ TransactionUID: '1.9', ReferencedSOPSequence: references }, explicitLittle));
  client.addRequest(action);
  const events: unknown[] = [];
  client.on('nEventReportRequest', (request, callback) => {
    events.push([request.getEventTypeId(), request.getDataset()?.getElement('TransactionUID')]);
    const response = responses.NEventReportResponse.fromRequest(request);
    response.setStatus(constants.Status.Success);
    callback(response);
  });
  await sent(client, port, { associationLingerTimeout: 1_000 });
  expect(asked).toEqual([{ transactionUid: '1.9', references: [{ sopClassUid: ctStorage, sopInstanceUid: '1.2.3' }] }]);
  expect(events).toEqual([[1, '1.9']]);
});

/** Its server, accepting every context in explicit little endian and noting what it gets. */
async function theirServer(): Promise<{ port: number; events: unknown[]; pixels: unknown[] }> {
  const events: unknown[] = [];
  const pixels: unknown[] = [];
  class Provider extends Scp {
    override associationRequested(association: InstanceType<typeof dimse.association.Association>) {
      for (const { id } of association.getPresentationContexts()) {
        association.getPresentationContext(id).setResult(0, explicitLittle);
      }
      this.sendAssociationAccept();
    }
    override cStoreRequest(...[request, callback]: Parameters<InstanceType<typeof Scp>['cStoreRequest']>) {
      pixels.push(request.getDataset()?.getElements().Rows);
      const response = responses.CStoreResponse.fromRequest(request);
      response.setStatus(constants.Status.Success);
      callback(response);
    }
    override cFindRequest(...[request, callback]: Parameters<InstanceType<typeof Scp>['cFindRequest']>) {
      const match = responses.CFindResponse.fromRequest(request);
      match.setDataset(new Dataset({ PatientID: 'THEIRS' }, explicitLittle));
      match.setStatus(constants.Status.Pending);
      const last = responses.CFindResponse.fromRequest(request);
      last.setStatus(constants.Status.Success);
      callback([match, last]);
    }
    override nEventReportRequest(...[request, callback]: Parameters<InstanceType<typeof Scp>['nEventReportRequest']>) {
      events.push([request.getEventTypeId(), request.getDataset()?.getElements().TransactionUID]);
      const response = responses.NEventReportResponse.fromRequest(request);
      response.setStatus(constants.Status.Success);
      callback(response);
    }
    override associationReleaseRequested() {
      this.sendAssociationReleaseResponse();
    }
  }
  const free = await start();
  await free.server.close(0);
  const server = new Server(Provider);
  server.listen(free.port);
  onTestFinished(() => server.close());
  return { port: free.port, events, pixels };
}

test('its server takes our instances, answers our query, and our commitment report', async () => {
  const { port, events, pixels } = await theirServer();
  const association = await associate(port);
  for (const { sopInstanceUid, transferSyntaxUid, dataset } of slices(2, 128)) {
    const store = { sopClassUid: ctStorage, sopInstanceUid, transferSyntaxUid, body: dataset };
    expect((await association.store(store)).code).toBe(0);
  }
  expect(pixels).toEqual([128, 128]);
  const matches: unknown[] = [];
  const identifier = { '00080052': { vr: 'CS', Value: ['STUDY'] } };
  for await (const match of association.find({ sopClassUid: '1.2.840.10008.5.1.4.1.2.2.1', identifier })) {
    matches.push(text(match, '00100020'));
  }
  expect(matches).toEqual(['THEIRS']);
  await association.release();
  const to = { host: '127.0.0.1', port, callingAeTitle: 'HUB', calledAeTitle: 'THEIRS', timeoutMs: 20_000 };
  const committed = [{ sopClassUid: ctStorage, sopInstanceUid: '1.2.3' }];
  expect((await sendCommitmentResult(to, { transactionUid: '1.9', committed, failed: [] })).code).toBe(0);
  expect(events).toEqual([[1, '1.9']]);
  const first = slices(1)[0];
  expect(sequence(decodeDataset(first?.dataset ?? Buffer.alloc(0), explicitLittle), '00081199')).toEqual([]);
});
