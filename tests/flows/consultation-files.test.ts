import { createHash, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import {
  fileLimits,
  type RoomFile,
  roomFilePath,
  seatHeader,
  seatProof,
} from '@lianzhen/contracts/consultation-files.ts';
import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readChat } from '../../server/api/consultation/read-chat.ts';
import { hashPassword } from '../../server/api/identity/secrets.ts';
import { deskDeps } from '../factories/asking.ts';
import { ctxFor, type GivenAccount } from '../factories/callers.ts';
import { type ConsultingRegion, consultingRegion, live } from '../factories/consulting.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { password } from '../factories/people.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn } from '../factories/region.ts';
import { type Sitting, withRoomNode } from '../factories/room-node.ts';

const database = withDatabase();
const redis = withRedis();
const edge = withEdge(database, redis);
const node = withRoomNode(database, redis);
const deps = deskDeps(database);
const pdf = Buffer.from('%PDF-1.4\n% 出院小结\n%%EOF\n');
const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex');

let region: ConsultingRegion;
let stranger: ConsultingRegion;
let id: string;
let cookies: Map<string, string>;
let expert: Sitting;
let doctor: Sitting;
let guest: Sitting;
const guestSeat = randomUUID();
const cookieOf = (account: GivenAccount) => ({ cookie: cookies.get(account.accountId) ?? '' });
const proofOf = ({ claims, joined }: Sitting) => ({
  [seatHeader]: seatProof(claims.seatId, joined?.resumeSecret ?? ''),
});

beforeAll(async () => {
  region = await consultingRegion(database, givenIn(database));
  stranger = await consultingRegion(database, givenIn(database));
  const passwordHash = await hashPassword(password);
  const people = [region.doctor, region.first, stranger.doctor, stranger.first];
  await database.db.account.updateMany({
    where: { id: { in: people.map(({ accountId }) => accountId) } },
    data: { passwordHash },
  });
  cookies = new Map(await Promise.all(people.map(async (one) => [one.accountId, await logIn(one)] as const)));
  id = (await live(deps, region)).id;
});
/** Sockets end with each test; seats are kept, and the guest who was let in once is let in. */
beforeEach(async () => {
  const seat = ({ accountId }: GivenAccount) => ({ consultationId: id, accountId, seatId: accountId });
  expert = await node.sit({ ...seat(region.first), role: 'chair', name: '许专家' });
  doctor = await node.sit({ ...seat(region.doctor), role: 'requester', name: '李医生' });
  guest = await node.sit({ consultationId: id, seatId: guestSeat, role: 'guest', name: '张伟' });
  if (guest.joined?.admission === 'in') return;
  await expert.ask('admit', { peerId: guest.joined?.peerId ?? '' });
  await expect.poll(() => guest.all('admitted')).toHaveLength(1);
});

async function logIn({ username }: GivenAccount): Promise<string> {
  const answer = await edge.ask('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

type Headers = Record<string, string>;
const put = (bytes: Uint8Array, name: string, headers: Headers, fileId: string = randomUUID(), room = id) =>
  edge.ask(`${roomFilePath(room, fileId)}?${new URLSearchParams({ name })}`, {
    method: 'PUT',
    headers,
    body: new Uint8Array(bytes),
  });
const get = (fileId: string, headers: Headers, room = id) => edge.ask(roomFilePath(room, fileId), { headers });
const sentBy = async (sitting: Sitting, bytes: Uint8Array, name: string, headers: Headers = {}) => {
  const answer = await put(bytes, name, { ...proofOf(sitting), ...headers });
  expect(answer.status).toBe(201);
  return (await answer.json()) as RoomFile;
};
const codeIn = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];
const blobCount = async () => (await database.db.roomFile.groupBy({ by: ['blob'] })).length;

test('a file is sent once, named in the chat, fetched by everyone of the case, and kept with it', async () => {
  const fileId = randomUUID();
  const send = () => put(pdf, '../出院小结.pdf', { ...proofOf(doctor), ...cookieOf(region.doctor) }, fileId);
  const answers = await Promise.all([send(), send(), send()]);
  const told = await Promise.all(answers.map((answer) => answer.json()));
  const sha256 = createHash('sha256').update(pdf).digest('hex');
  const file = { id: fileId, name: '出院小结.pdf', type: 'application/pdf', size: pdf.length, sha256 };
  expect(told).toEqual([file, file, file]);
  expect(await (await send()).json()).toEqual(file);

  const word = { id: randomUUID(), text: '', fileId };
  const { seq } = await doctor.ask('chat', word);
  expect(await doctor.ask('chat', word)).toEqual({ seq });
  for (const other of [expert, guest])
    await expect.poll(() => other.all('entry').at(-1)).toMatchObject({ seq, what: { kind: 'chat', text: '', file } });

  for (const headers of [cookieOf(region.first), cookieOf(region.doctor), proofOf(guest)]) {
    const answer = await get(fileId, headers);
    expect(answer.status).toBe(200);
    expect(Buffer.from(await answer.arrayBuffer()).equals(pdf)).toBe(true);
    const is = (header: string) => answer.headers.get(header);
    expect(is('content-disposition')).toMatch(/^attachment; filename="file\.pdf"; filename\*=UTF-8''%E5%87%BA/);
    expect([is('content-type'), is('x-content-type-options'), is('cache-control')]).toEqual([
      'application/pdf',
      'nosniff',
      'private, no-store',
    ]);
    expect(is('content-security-policy')).toContain('sandbox');
  }
  const { lines } = await readChat(deps, ctxFor(region.first), { id });
  expect(lines.at(-1)).toMatchObject({ byName: '李医生', text: '', file });
  const trail = await database.db.auditEntry.findMany({
    where: { objectId: id, action: { in: ['consultation.fileSent', 'consultation.fileRead'] } },
    orderBy: { at: 'asc' },
  });
  const [doctorId, expertId] = [region.doctor.accountId, region.first.accountId];
  expect(trail.map(({ action, actorId, actorName }) => [action, actorId ?? actorName]).toSorted()).toEqual(
    [
      ['consultation.fileSent', doctorId],
      ['consultation.fileRead', expertId],
      ['consultation.fileRead', doctorId],
      ['consultation.fileRead', 'guest'],
    ].toSorted(),
  );
});

test('a guest sends one as well; with a text it is one word', async () => {
  const file = await sentBy(guest, png, '药盒.png');
  const { seq } = await guest.ask('chat', { id: randomUUID(), text: '在吃这种药', fileId: file.id });
  await expect.poll(() => expert.all('entry').at(-1)).toMatchObject({ seq, what: { text: '在吃这种药', file } });
  expect((await get(file.id, cookieOf(region.doctor))).status).toBe(200);
});

describe('somebody else', () => {
  let fileId: string;
  beforeEach(async () => {
    fileId = (await sentBy(doctor, pdf, '病历.pdf', cookieOf(region.doctor))).id;
  });

  test('of another facility fetches nothing, learns nothing, and sends nothing', async () => {
    const away = cookieOf(stranger.doctor);
    expect(await codeIn(await get(fileId, away))).toEqual([404, 'not-found']);
    expect(await codeIn(await get(randomUUID(), away))).toEqual([404, 'not-found']);
    expect(await codeIn(await get(fileId, {}))).toEqual([401, 'unauthenticated']);
    const before = await blobCount();
    for (const headers of [
      {},
      away,
      cookieOf(region.doctor),
      { [seatHeader]: 'x' },
      { [seatHeader]: seatProof(doctor.claims.seatId, 'A'.repeat(43)) },
      // The right secret, but of somebody whose session this is not.
      { ...proofOf(doctor), ...away },
      proofOf(doctor),
    ])
      expect(await codeIn(await put(pdf, 'a.pdf', headers))).toEqual([403, 'forbidden']);
    expect(await blobCount()).toBe(before);
  });

  test('of another room is nobody here, though he has a seat and a file there', async () => {
    const other = (await live(deps, stranger)).id;
    const { accountId } = stranger.doctor;
    const neighbour = await node.sit({ consultationId: other, accountId, seatId: accountId, role: 'requester' });
    const own = { ...proofOf(neighbour), ...cookieOf(stranger.doctor) };
    expect(await codeIn(await put(pdf, 'a.pdf', own))).toEqual([403, 'forbidden']);
    expect(await codeIn(await get(fileId, own))).toEqual([404, 'not-found']);
    expect(await codeIn(await get(fileId, own, other))).toEqual([404, 'not-found']);
    const answer = await put(png, 'b.png', own, fileId, other);
    expect(answer.status).toBe(201);
    const word = { id: randomUUID(), text: '', fileId };
    await neighbour.ask('chat', word);
    // The same id in two rooms is two files; each is its own room's.
    expect(Buffer.from(await (await get(fileId, cookieOf(region.first))).arrayBuffer()).equals(pdf)).toBe(true);
    const theirs = await sentBy(guest, png, 'c.png');
    await expect(neighbour.ask('chat', { ...word, id: randomUUID(), fileId: theirs.id })).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('does not take over an id, nor name another’s file as his own', async () => {
    const named = { id: randomUUID(), text: '我的', fileId };
    await expect(guest.ask('chat', named)).rejects.toMatchObject({ code: 'not-found' });
    expect(await codeIn(await put(pdf, 'a.pdf', proofOf(guest), fileId))).toEqual([409, 'already-exists']);
    const again = await put(png, 'a.pdf', { ...proofOf(doctor), ...cookieOf(region.doctor) }, fileId);
    expect(await codeIn(again)).toEqual([409, 'already-exists']);
    expect(Buffer.from(await (await get(fileId, cookieOf(region.doctor))).arrayBuffer()).equals(pdf)).toBe(true);
  });

  test('who waits at the door, was removed, or has left gets and sends nothing', async () => {
    const next = await node.sit({ consultationId: id, role: 'guest', name: '王五' });
    const refused = async () => {
      expect(await codeIn(await get(fileId, proofOf(next)))).toEqual([403, 'forbidden']);
      expect(await codeIn(await put(png, 'a.png', proofOf(next)))).toEqual([403, 'forbidden']);
    };
    await refused();
    const peerId = next.joined?.peerId ?? '';
    await expert.ask('admit', { peerId });
    await expect.poll(async () => (await get(fileId, proofOf(next))).status).toBe(200);
    await expert.ask('remove', { peerId, reason: '走错了' });
    await expect.poll(() => next.all('closed')).toHaveLength(1);
    await refused();

    const last = await node.sit({ consultationId: id, role: 'guest', name: '赵六' });
    await expert.ask('admit', { peerId: last.joined?.peerId ?? '' });
    await expect.poll(async () => (await get(fileId, proofOf(last))).status).toBe(200);
    await last.ask('leave', {});
    await expect.poll(async () => (await get(fileId, proofOf(last))).status).toBe(403);
  });

  test('from another site’s page changes nothing', async () => {
    const headers = { ...proofOf(doctor), ...cookieOf(region.doctor), origin: 'https://evil.example' };
    expect(await codeIn(await put(pdf, 'a.pdf', headers))).toEqual([403, 'forbidden']);
  });
});

describe('what is sent', () => {
  test('is judged by its content, whatever its name and header say', async () => {
    const exe = Buffer.from('4d5a90000300000004000000ffff0000', 'hex');
    const lies = { ...proofOf(guest), 'content-type': 'application/pdf' };
    expect(await codeIn(await put(exe, 'report.pdf', lies))).toEqual([415, 'unsupported-media-type']);
    expect(await codeIn(await put(Buffer.alloc(0), 'a.txt', lies))).toEqual([422, 'bad-input']);
    const page = await sentBy(guest, Buffer.from('<script>alert(1)</script>'), '../../x.html');
    expect(page).toMatchObject({ name: 'x.html.txt', type: 'text/plain' });
    const answer = await get(page.id, proofOf(guest));
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
  });

  test('that is too large is refused, announced or not', async () => {
    const large = Buffer.alloc(fileLimits.bytes + 1, 'a');
    const before = await blobCount();
    expect((await codeIn(await put(large, 'a.txt', proofOf(guest))))[1]).toBe('too-large');
    const status = await new Promise<number>((resolve, reject) => {
      const path = `${edge.url}${roomFilePath(id, randomUUID())}?name=a.txt`;
      const sending = request(path, { method: 'PUT', headers: proofOf(guest) }, (answer) => {
        resolve(answer.statusCode ?? 0);
        sending.destroy();
      });
      // Without a length: in chunks.
      sending.once('error', reject);
      sending.write(large);
      sending.end();
    });
    expect(status).toBe(413);
    expect(await blobCount()).toBe(before);
  });

  test('of any name and bytes gets an answer of the closed list, and costs the room nothing', async () => {
    const some = fc.record({
      name: fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('a'.repeat(1001), '', '..', '/')),
      bytes: fc.uint8Array({ maxLength: 40 }),
      proof: fc.constantFrom(
        proofOf(guest),
        {},
        { [seatHeader]: '.' },
        { [seatHeader]: `${randomUUID()}.${'-'.repeat(60)}` },
      ),
      fileId: fc.constantFrom(randomUUID(), 'x', '%00', '..%2f..', randomUUID().toUpperCase()),
    });
    for (const { name, bytes, proof, fileId } of fc.sample(some, 60)) {
      const answer = await put(bytes, name.toWellFormed(), proof as Headers, fileId);
      expect([201, 403, 404, 409, 415, 422, 429]).toContain(answer.status);
    }
    const wrong = [{ fileId: 7 }, { fileId: 'x' }, { text: ' ' }, { text: '', fileId: null }, { fileId: randomUUID() }];
    for (const input of wrong) {
      const { ok, error } = await guest.raw('chat', { id: randomUUID(), ...input });
      expect([ok, ['bad-input', 'not-found'].includes(error?.code ?? '')]).toEqual([false, true]);
    }
    const { seq } = await expert.ask('chat', { id: randomUUID(), text: '还在吗' });
    await expect.poll(() => guest.all('entry').at(-1)?.seq).toBe(seq);
  });

  test('is no more than one seat may send', async () => {
    const { claims } = guest;
    const had = await database.db.roomFile.count({ where: { consultationId: id, seatId: claims.seatId } });
    const rest = fileLimits.ofSeat - had;
    const send = (n: number) => put(Buffer.from(`${n}`), `${n}.txt`, proofOf(guest));
    for (let n = 4; n < rest; n++) expect((await send(n)).status).toBe(201);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => send(n)));
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses.filter((status) => status === 201)).toHaveLength(4);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
  });
});
