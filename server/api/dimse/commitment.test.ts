import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { expect, onTestFinished, test } from 'vitest';
import { commandField } from './command-set.ts';
import { sendCommitmentResult } from './commitment.ts';
import type { CommitResult, DimseHandlers } from './handlers.ts';
import { encodeIdentifier } from './identifier.ts';
import type { ScuAssociation } from './scu-association.ts';
import type { EventReport } from './scu-options.ts';
import { associate, ctStorage, startServer, until } from './server-for-tests.ts';
import { success } from './status.ts';
import { explicitVrLittleEndian, storageCommitmentInstance, storageCommitmentSopClass } from './uids.ts';

const contexts = [{ abstractSyntax: storageCommitmentSopClass, transferSyntaxes: [explicitVrLittleEndian] }];

const reference = (uid: string) => ({
  '00081150': { vr: 'UI', Value: [ctStorage] },
  '00081155': { vr: 'UI', Value: [uid] },
});

const action = (uids: string[]): DicomJson => ({
  '00081195': { vr: 'UI', Value: ['1.9'] },
  '00081199': { vr: 'SQ', Value: uids.map(reference) },
});

const ask = (association: ScuAssociation, json: DicomJson, actionTypeId = 1) => {
  const context = association.contextFor(storageCommitmentSopClass);
  const command = {
    commandField: commandField.action,
    requestedSopClassUid: storageCommitmentSopClass,
    requestedSopInstanceUid: storageCommitmentInstance,
    actionTypeId,
  };
  return association.request(context, command, encodeIdentifier(json, context.transferSyntax));
};

/** Instances whose UID starts with 1 are there; the rest are not. */
const commit: NonNullable<DimseHandlers<string>['commit']> = async (_peer, { references }) => ({
  committed: references.filter(({ sopInstanceUid }) => sopInstanceUid.startsWith('1')),
  failed: references
    .filter(({ sopInstanceUid }) => !sopInstanceUid.startsWith('1'))
    .map((one) => ({ ...one, reason: 0x0112 })),
});

async function startServerWith(handlers: Partial<DimseHandlers<string>>) {
  const running = await startServer({}, handlers);
  onTestFinished(() => running.server.close(0));
  return running;
}

test('the result comes back on the association that asked', async () => {
  const { port } = await startServerWith({ commit });
  const reports: EventReport[] = [];
  const onEventReport = async (event: EventReport) => {
    reports.push(event);
    return success;
  };
  const association = await associate(port, { contexts, onEventReport });
  expect((await ask(association, action(['1.1', '2.2']))).code).toBe(0);
  await until(() => reports.length === 1);
  expect((await ask(association, action(['1.3']))).code).toBe(0);
  await until(() => reports.length === 2);
  expect(reports).toMatchObject([
    {
      sopInstanceUid: storageCommitmentInstance,
      eventTypeId: 2,
      dataset: {
        '00081195': { Value: ['1.9'] },
        '00081198': { Value: [{ ...reference('2.2'), '00081197': { vr: 'US', Value: [0x0112] } }] },
        '00081199': { Value: [reference('1.1')] },
      },
    },
    { eventTypeId: 1, dataset: { '00081199': { Value: [reference('1.3')] } } },
  ]);
  await association.release();
});

test('when the asker has released, it is called back, and a call that fails is handed back', async () => {
  const may = Promise.withResolvers<void>();
  const asker = await startServer();
  onTestFinished(() => asker.server.close(0));
  const undelivered: unknown[] = [];
  const { port } = await startServerWith({
    async commit(peer, request) {
      await may.promise;
      return { ...(await commit(peer, request)), returnTo: { host: '127.0.0.1', port: asker.port } };
    },
    commitUndelivered: (_peer, transactionUid, result, cause) => undelivered.push({ transactionUid, result, cause }),
  });
  const association = await associate(port, { contexts });
  expect((await ask(association, action(['1.1']))).code).toBe(0);
  await association.release();
  may.resolve();
  // The asker here is a server that calls itself PROVIDER and not USER, so it turns the call back away.
  await until(() => asker.refused.length === 1);
  expect(asker.refused[0]).toMatchObject({ callingAeTitle: 'PROVIDER', calledAeTitle: 'USER' });
  await until(() => undelivered.length === 1);
  expect(undelivered).toMatchObject([{ transactionUid: '1.9', cause: { name: 'AssociationRejected' } }]);
});

test('a result that nobody takes is handed back', async () => {
  const may = Promise.withResolvers<void>();
  const handed = Promise.withResolvers<CommitResult>();
  const { port } = await startServerWith({
    async commit(peer, request) {
      await may.promise;
      return commit(peer, request);
    },
    commitUndelivered: (_peer, _uid, result) => handed.resolve(result),
  });
  const association = await associate(port, { contexts });
  await ask(association, action(['1.1']));
  association.abort();
  may.resolve();
  expect((await handed.promise).committed).toEqual([{ sopClassUid: ctStorage, sopInstanceUid: '1.1' }]);
});

test('a request that cannot be understood is refused by name', async () => {
  const { port } = await startServerWith({ commit });
  const association = await associate(port, { contexts });
  const { '00081199': references, '00081195': transaction } = action(['1.1']);
  expect(await ask(association, { ...(references && { '00081199': references }) })).toEqual({
    code: 0x0120,
    comment: 'Transaction UID (0008,1195) is missing',
  });
  expect(await ask(association, { ...(transaction && { '00081195': transaction }) })).toEqual({
    code: 0x0120,
    comment: 'Referenced SOP Sequence (0008,1199) is empty',
  });
  expect((await ask(association, action(['1.1']), 7)).code).toBe(0x0123);
  await association.release();
});

test('a report to a peer that does not provide the service fails', async () => {
  const { port } = await startServerWith({});
  const to = { host: '127.0.0.1', port, callingAeTitle: 'HUB', calledAeTitle: 'PROVIDER', timeoutMs: 20_000 };
  await expect(sendCommitmentResult(to, { transactionUid: '1.9', committed: [], failed: [] })).rejects.toMatchObject({
    name: 'DimseFailure',
    status: { code: 0x0211 },
  });
});

test('an asker that does not answer the report is given up', async () => {
  const handed = Promise.withResolvers<unknown>();
  const running = await startServer(
    { stalledMs: 150 },
    { commit, commitUndelivered: (_peer, _uid, _result, cause) => handed.resolve(cause) },
  );
  onTestFinished(() => running.server.close(0));
  const never = () => new Promise<never>(() => undefined);
  const association = await associate(running.port, { contexts, onEventReport: never });
  await ask(association, action(['1.1']));
  expect(await handed.promise).toMatchObject({ name: 'PeerDisconnected', message: 'no response in time' });
});
