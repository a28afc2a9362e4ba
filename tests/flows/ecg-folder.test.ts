import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { FolderSender } from '../../docker/site/folder-sender.ts';
import { machineOf } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEcgEdge } from '../factories/ecg-edge.ts';
import { aecgOf, type EcgRegion, ecgRegion, recordedNow } from '../factories/ecg-region.ts';

const database = withDatabase();
const edge = withEcgEdge(database);
let region: EcgRegion;
let folder = '';
let proxy: { url: string; server: Server; isAway: boolean; cutAnswers: number; requests: string[] };
beforeAll(async () => {
  region = await ecgRegion(database);
  proxy = await openProxy();
});
afterAll(() => proxy.server.close());
beforeEach(async () => {
  said = [];
  folder = await mkdtemp(join(tmpdir(), 'lianzhen-site-'));
  Object.assign(proxy, { isAway: false, cutAnswers: 0, requests: [] });
});
const senders: FolderSender[] = [];
let said: string[] = [];
afterEach(async () => {
  for (const sender of senders.splice(0)) await sender.close();
  await rm(folder, { recursive: true, force: true });
});

/** The township's link to the hub: it can be cut, also after the hub has taken what was sent. */
async function openProxy() {
  const server = createServer(async (req, res) => {
    if (proxy.isAway) return void req.socket.destroy();
    proxy.requests.push(
      `${req.headers.authorization} ${decodeURIComponent(String(req.headers['content-disposition']))}`,
    );
    const body = Buffer.concat(await req.toArray());
    const actor = machineOf(region.township, ['studies:send']);
    const answer = await edge.upload(actor, body, '', {
      'content-disposition': String(req.headers['content-disposition']),
    });
    if (proxy.cutAnswers-- > 0) return void req.socket.destroy();
    res.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, server, isAway: false, cutAnswers: 0, requests: [] as string[] };
}

async function watch(): Promise<FolderSender> {
  const options = {
    folder,
    hub: proxy.url,
    token: 'a-token',
    everyMs: 30,
    quietMs: 60,
    say: (line: string) => void said.push(line),
  };
  const sender = new FolderSender(options);
  senders.push(sender);
  await sender.open();
  return sender;
}
const listed = async (name: string) => (await readdir(join(folder, name))).toSorted();
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 50 });
const traces = () => database.db.ecgTrace.findMany({ orderBy: { id: 'asc' } });

test('a recording is sent when it is whole, under its name; what is none is refused with the reason', async () => {
  const bytes = aecgOf(recordedNow());
  const before = (await traces()).length;
  await watch();
  // It is written in two parts, and the first alone would be refused.
  await writeFile(join(folder, '张三 1.xml'), bytes.subarray(0, 1000));
  await writeFile(join(folder, '张三 1.xml'), bytes);
  await writeFile(join(folder, 'letter.doc'), 'Dear colleague');
  await writeFile(join(folder, 'half.xml.part'), bytes);
  await eventually(async () => {
    expect(await listed('sent')).toEqual(['张三 1.xml']);
    expect(await listed('refused')).toEqual(['letter.doc', 'letter.doc.txt']);
  });
  expect((await traces()).slice(before)).toMatchObject([{ format: 'hl7-aecg', originalName: '张三 1.xml' }]);
  expect(await readFile(join(folder, 'refused', 'letter.doc.txt'), 'utf8')).toContain('ecg-invalid');
  expect(await listed('.')).toEqual(['half.xml.part', 'refused', 'sent']);
  expect(proxy.requests[0]).toMatch(/^Bearer a-token /);
});

test('a name that comes again is another file beside the first', async () => {
  await watch();
  for (const count of [1, 2]) {
    await writeFile(join(folder, 'ecg.xml'), aecgOf(recordedNow()));
    await eventually(async () => expect(await listed('sent')).toHaveLength(count));
  }
  expect(await listed('sent')).toEqual(['ecg (2).xml', 'ecg.xml']);
});

test('nothing is lost or doubled where the hub is away, the answer is cut off, or the process ends', async () => {
  const before = (await traces()).length;
  proxy.isAway = true;
  const first = await watch();
  for (const name of ['a.xml', 'b.xml']) await writeFile(join(folder, name), aecgOf(recordedNow()));
  await eventually(async () => expect(said.filter((line) => line.includes('no answer'))).not.toEqual([]));
  expect(await listed('.')).toEqual(['a.xml', 'b.xml', 'refused', 'sent']);
  await first.close();
  // The hub takes the first file, and its answer is lost.
  Object.assign(proxy, { isAway: false, cutAnswers: 1 });
  await watch();
  await eventually(async () => expect(await listed('sent')).toEqual(['a.xml', 'b.xml']));
  expect((await traces()).length).toBe(before + 2);
  expect(proxy.requests.length).toBe(3);
});
