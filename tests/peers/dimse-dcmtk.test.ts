import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeDataset } from '@lianzhen/dicom/dataset.ts';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DimseFailure } from '../../server/api/dimse/failures.ts';
import { associate, type Running, startServer as start, until } from '../../server/api/dimse/server-for-tests.ts';
import {
  ctStorage,
  explicitLittle,
  implicitLittle,
  missingTools,
  run,
  slices,
  temporaryFolder,
  toolEnvironment,
  writeSlices,
} from './dimse-tools.ts';

const worklistFind = '1.2.840.10008.5.1.4.31';
const missing = missingTools('echoscu', 'storescu', 'dcmsend', 'findscu', 'storescp');

async function startServer(...given: Parameters<typeof start>): Promise<Running> {
  const running = await start(...given);
  onTestFinished(() => running.server.close(0));
  return running;
}

const to = (port: number, calledAeTitle = 'PROVIDER') => ['-aec', calledAeTitle, '127.0.0.1', String(port)];

describe.skipIf(missing.length > 0)('with DCMTK', () => {
  test('echoscu is answered, and rejected when it calls somebody else', async () => {
    const { port } = await startServer();
    expect(await run('echoscu', ['-v', '--repeat', '5', ...to(port)])).toMatchObject({
      code: 0,
      output: expect.stringContaining('Received Echo Response (Success)'),
    });
    const { output } = await run('echoscu', to(port, 'OTHER'));
    expect(output).toContain('Called AE Title Not Recognized');
  });

  test.each([
    ['storescu', ['+sd'], explicitLittle],
    ['storescu', ['-xi', '+sd'], implicitLittle],
    ['storescu', ['--max-pdu', '4096', '+sd'], explicitLittle],
    ['dcmsend', ['+sd'], explicitLittle],
    ['dcmsend', ['--max-send-pdu', '4096', '+sd'], explicitLittle],
  ])('%s %j stores what it was given, byte for byte', async (tool, options, transferSyntaxUid) => {
    const { port, stored, refused, logged } = await startServer();
    const sent = slices(5, 512, transferSyntaxUid);
    const folder = writeSlices(await temporaryFolder(), sent);
    const { code, output } = await run(tool, [...options, ...to(port), folder]);
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(stored.size).toBe(5);
    for (const { sopInstanceUid, dataset } of sent) expect(stored.get(sopInstanceUid)?.equals(dataset)).toBe(true);
    expect(refused.filter(({ kind }) => kind !== 'contexts')).toEqual([]);
    expect(logged).toEqual([]);
  });

  test('an instance that is refused does not stop the others', async () => {
    const sent = slices(4);
    const [, second] = sent;
    const { port, stored } = await startServer(
      {},
      {
        async store(_peer, { sopInstanceUid, body }) {
          if (sopInstanceUid === second?.sopInstanceUid) throw new DimseFailure(0xa700, 'disk is full');
          for await (const _ of body);
          stored.set(sopInstanceUid, Buffer.alloc(0));
          return { code: 0 };
        },
      },
    );
    const folder = writeSlices(await temporaryFolder(), sent);
    const { output } = await run('storescu', ['-v', '-nh', '+sd', ...to(port), folder]);
    expect(output.match(/Received Store Response \(Success\)/g)).toHaveLength(3);
    expect(output).toContain('Refused: OutOfResources');
    expect(stored.size).toBe(3);
  });

  test('a sender that is killed in the middle disturbs nobody', async () => {
    const begun = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<unknown>();
    const { port, server } = await startServer(
      {},
      {
        async store(_peer, { body }) {
          begun.resolve();
          try {
            for await (const _ of body) await new Promise((resolve) => setTimeout(resolve, 5));
          } catch (error) {
            ended.resolve(error);
            throw error;
          }
          return { code: 0 };
        },
      },
    );
    const bystander = await associate(port);
    const folder = writeSlices(await temporaryFolder(), slices(1, 2_048));
    const sender = spawn('storescu', ['+sd', ...to(port), folder], { env: toolEnvironment });
    await begun.promise;
    sender.kill('SIGKILL');
    expect(await ended.promise).toMatchObject({ name: 'PeerDisconnected' });
    expect((await bystander.echo()).code).toBe(0);
    await until(() => server.associations().length === 1);
    await bystander.release();
  });

  test('findscu reads a worklist in Chinese, and may stop in the middle', async () => {
    const asked: unknown[] = [];
    const { port } = await startServer(
      {},
      {
        async *find(_peer, { sopClassUid, identifier, signal }) {
          asked.push([sopClassUid, identifier['00100020']?.Value?.[0]]);
          for (let entry = 1; entry <= 500 && !signal.aborted; entry += 1) {
            const name = { Alphabetic: 'Zhang^Xiaoming', Ideographic: '张^小明' };
            yield {
              '00100010': { vr: 'PN', Value: [name] },
              '00100020': { vr: 'LO', Value: [`P${entry}`] },
              '00400100': { vr: 'SQ', Value: [{ '00080060': { vr: 'CS', Value: ['CT'] } }] },
            };
            await new Promise((resolve) => setTimeout(resolve, 2));
          }
        },
      },
    );
    const folder = await temporaryFolder();
    const keys = ['-W', '-k', '0010,0020=P*', '-k', '0010,0010', '-k', '0040,0100[0].0008,0060'];
    const { code, output } = await run('findscu', ['-v', ...keys, '-Xs', 'all.xml', ...to(port)], folder);
    expect({ code, output }).toMatchObject({ code: 0 });
    const xml = readFileSync(join(folder, 'all.xml'), 'utf8');
    expect(xml.match(/<data-set/g)).toHaveLength(500);
    expect(xml).toContain('Zhang^Xiaoming=张^小明');
    expect(asked).toEqual([[worklistFind, 'P*']]);
    const stopped = await run('findscu', ['-v', '--cancel', '3', ...keys, ...to(port)]);
    expect(stopped.output).toContain('Cancel');
    expect(stopped.output).not.toContain('P500');
  });

  test('storescp takes what we send, whole', async () => {
    const folder = await temporaryFolder();
    const port = await freePort();
    const receiver = spawn('storescp', ['-v', '+B', '-od', folder, String(port)], { env: toolEnvironment });
    onTestFinished(() => void receiver.kill());
    await reachable(port);
    const sent = slices(4, 512);
    const association = await associate(port, {
      calledAeTitle: 'STORESCP',
      contexts: [{ abstractSyntax: ctStorage, transferSyntaxes: [explicitLittle] }],
    });
    for (const { sopInstanceUid, transferSyntaxUid, dataset } of sent) {
      const store = { sopClassUid: ctStorage, sopInstanceUid, transferSyntaxUid, body: dataset };
      expect(await association.store(store)).toEqual({ code: 0, comment: undefined });
    }
    await association.release();
    const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    expect(kept).toHaveLength(4);
    for (const { sopInstanceUid, dataset } of sent) {
      const file = kept.find((bytes) => bytes.includes(Buffer.from(sopInstanceUid)));
      expect(file?.subarray(-dataset.length).equals(dataset)).toBe(true);
    }
    expect(decodeDataset(sent[0]?.dataset ?? Buffer.alloc(0), explicitLittle)['00080060']?.Value).toEqual(['CT']);
  });
});

describe.skipIf(missing.length > 0 || missingTools('openssl').length > 0)('with DCMTK over TLS', () => {
  test('echoscu and storescu are served, and plain TCP is turned away', async () => {
    const folder = await temporaryFolder();
    const subject = ['-subj', '/CN=localhost', '-days', '2', '-keyout', 'key.pem', '-out', 'cert.pem'];
    await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...subject], folder);
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => readFileSync(join(folder, name)));
    const { port, stored, refused } = await startServer({}, {}, { key, cert });
    const trust = ['--anonymous-tls', '--add-cert-file', join(folder, 'cert.pem')];
    const sent = slices(3, 512);
    const files = writeSlices(join(folder, 'slices'), sent);
    expect(await run('echoscu', [...trust, ...to(port)])).toMatchObject({ code: 0 });
    expect(await run('storescu', [...trust, '+sd', ...to(port), files])).toMatchObject({ code: 0 });
    for (const { sopInstanceUid, dataset } of sent) expect(stored.get(sopInstanceUid)?.equals(dataset)).toBe(true);
    const association = await associate(port, { tls: { ca: cert, servername: 'localhost' } });
    expect((await association.echo()).code).toBe(0);
    await association.release();
    expect((await run('echoscu', to(port))).code).not.toBe(0);
    expect(refused.filter(({ kind }) => kind === 'handshake')).toMatchObject([{ remoteAddress: '127.0.0.1' }]);
  });
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const { server, port } = await start();
  await server.close(0);
  return port;
}

async function reachable(port: number): Promise<void> {
  for (;;) {
    const probe = spawn('echoscu', ['-aec', 'STORESCP', '127.0.0.1', String(port)], { stdio: 'ignore' });
    const [code] = await once(probe, 'close');
    if (code === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
