import { randomUUID } from 'node:crypto';
import { isErrorCode } from '@lianzhen/contracts/errors.ts';
import { type SeatRole, type SignalName, signals } from '@lianzhen/contracts/room-signals.ts';
import { emptyTrace } from '@lianzhen/contracts/shared-view-trace.ts';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withDatabase } from '../factories/database.ts';
import { withRedis } from '../factories/redis.ts';
import { type SitOptions, type Sitting, withRoomNode } from '../factories/room-node.ts';
import { openTransports, rtpOf, startSending } from '../factories/room-streams.ts';

const database = withDatabase();
const redis = withRedis();
const node = withRoomNode(database, redis);
const here = (consultationId: string, role: SeatRole, more: SitOptions = {}) =>
  node.sit({ consultationId, role, ...more });
const names = Object.keys(signals) as SignalName[];

let consultationId: string;
let expert: Sitting;
let doctor: Sitting;
let transportId: string;
let producerId: string;
/** Two colleagues at work. Whatever the third one does, it goes on. */
beforeEach(async () => {
  consultationId = randomUUID();
  expert = await here(consultationId, 'expert');
  doctor = await here(consultationId, 'requester');
  transportId = (await openTransports(doctor)).send.id;
  await openTransports(expert);
  producerId = (await startSending(doctor, transportId)).producerId;
  await expect.poll(() => expert.all('newConsumer')).toHaveLength(1);
});
afterEach(async () => {
  const { seq } = await doctor.ask('chat', { id: randomUUID(), text: '还在吗' });
  await expect.poll(() => expert.all('entry').at(-1)?.seq).toBe(seq);
  expect([...expert.all('closed'), ...doctor.all('closed'), ...expert.all('consumerClosed')]).toEqual([]);
  const numbers = expert.all('entry').map((entry) => entry.seq);
  expect(numbers).toEqual(numbers.map((_, n) => (numbers[0] ?? 0) + n));
});

/** Each answer is one of the closed list, and says nothing of the inside. */
function isRefused(answer: Awaited<ReturnType<Sitting['raw']>>): string {
  expect(answer.ok).toBe(false);
  const { code } = answer.error ?? { code: '' };
  expect(isErrorCode(code)).toBe(true);
  expect(code).not.toBe('internal');
  return code;
}

/** As it comes over a socket. */
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value) ?? 'null');

describe('a wrong shape', () => {
  const anything = fc.oneof(
    fc.anything({ maxDepth: 2, withNullPrototype: false }),
    fc.record({ peerId: fc.string(), transportId: fc.string(), producerId: fc.string(), consumerId: fc.string() }),
    fc.constantFrom('__proto__', null, undefined, 0, [], { toString: 1 }, { patch: { tiles: [{ at: 9 }] } }),
  );
  test.each(names.filter((name) => name !== 'join'))('of %s is told, and nothing is done', async (name) => {
    const stranger = await here(consultationId, 'observer');
    const wrong = anything.filter((value) => !signals[name].input.safeParse(value ?? {}).success);
    if (!signals[name].input.safeParse({}).success) {
      const values = fc
        .sample(wrong, 12)
        .map((value) => JSON.parse(JSON.stringify(value ?? null) ?? 'null') as unknown);
      for (const value of values.filter((one) => !signals[name].input.safeParse(one ?? {}).success))
        expect(['bad-input', 'rate-limited']).toContain(isRefused(await stranger.raw(name, value)));
    }
    isRefused(await stranger.raw(`${name}x`, {}));
  });

  test('of a trace, a caliper or a place on a trace is told, and the picture stays as it is', async () => {
    const third = await here(consultationId, 'requester');
    await third.ask('takeLead', {});
    const opening = { studyUid: '1.2.9', trace: { seriesUid: '1.2.9.1', sopInstanceUid: '1.2.9.1.1', startMs: 1200 } };
    const { revision } = await third.ask('changeView', { patch: opening });
    const value = fc.oneof(fc.anything({ maxDepth: 1 }), fc.double(), fc.string({ maxLength: 40 }));
    const patches = fc
      .record({ trace: fc.dictionary(fc.constantFrom(...Object.keys(emptyTrace)), value, { minKeys: 1 }) })
      .filter((patch) => !signals.changeView.input.safeParse({ patch: throughJson(patch) }).success);
    const places = fc.array(fc.record({ x: value, y: value }), { minLength: 1, maxLength: 3 });
    const laid = { studyUid: '1.2.9', seriesUid: '1.2.9.1', sopInstanceUid: '1.2.9.1.1', frame: 1, calibration: '' };
    const calipers = fc
      .record({
        kind: fc.constantFrom('time', 'voltage', 'march', 'caliper'),
        points: places,
        lead: value,
        values: value,
      })
      .map((part) => ({ ...laid, id: randomUUID(), ...part }))
      .filter((mark) => !signals.mark.input.safeParse({ mark: throughJson(mark) }).success);
    const cursors = fc
      .record({ at: fc.record({ x: value, y: value }), lead: value })
      .map((part) => ({ sopInstanceUid: '1.2.9.1.1', frame: 1, ...part }))
      .filter((cursor) => !signals.point.input.safeParse({ cursor: throughJson(cursor) }).success);
    const wrong: [SignalName, unknown][] = [
      ...fc.sample(patches, 12).map((patch): [SignalName, unknown] => ['changeView', { patch }]),
      ...fc.sample(calipers, 12).map((mark): [SignalName, unknown] => ['mark', { mark }]),
      ...fc.sample(cursors, 12).map((cursor): [SignalName, unknown] => ['point', { cursor }]),
    ];
    for (const [name, input] of wrong)
      expect(['bad-input', 'rate-limited']).toContain(isRefused(await third.raw(name, throughJson(input))));
    const late = await here(consultationId, 'observer');
    expect(late.joined?.room?.view).toMatchObject({ revision, trace: { ...emptyTrace, ...opening.trace } });
    expect(late.joined?.room?.marks).toEqual([]);
  });

  test('that the media library refuses is the sender’s', async () => {
    const third = await here(consultationId, 'requester');
    await openTransports(third);
    const { send } = await openTransports(third);
    const wanted = { requestId: randomUUID(), transportId: send.id, source: 'camera', kind: 'video' } as const;
    const shapes: Record<string, unknown>[] = [
      {},
      { codecs: 'all' },
      { ...rtpOf('video'), codecs: [] },
      { ...rtpOf('video'), encodings: Array.from({ length: 500 }, (_, n) => ({ ssrc: n })) },
      { ...rtpOf('video'), codecs: [{ mimeType: 'video/AV2', payloadType: 1, clockRate: 90_000 }] },
    ];
    for (const rtpParameters of shapes)
      expect([rtpParameters, isRefused(await third.raw('produce', { ...wanted, rtpParameters }))]).toEqual([
        rtpParameters,
        'bad-input',
      ]);
    const dtls: Record<string, unknown>[] = [{}, { role: 'boss', fingerprints: [{}] }, { fingerprints: 'x' }];
    for (const dtlsParameters of dtls)
      expect(isRefused(await third.raw('connectTransport', { transportId: send.id, dtlsParameters }))).toBe(
        'bad-input',
      );
    await third.ask('capabilities', { rtpCapabilities: { codecs: [{ mimeType: 7 }] } });
  });

  test('too large closes the socket of its sender alone', async () => {
    const third = await here(consultationId, 'requester');
    third.socket.emit('chat', { id: randomUUID(), text: 'x'.repeat(300_000) });
    await expect.poll(() => third.socket.connected).toBe(false);
  });
});

describe('a wrong state', () => {
  test('before joining, in the lobby, and twice', async () => {
    const standing = await here(consultationId, 'expert', { stands: true });
    const guest = await here(consultationId, 'guest');
    for (const name of names.filter((one) => one !== 'join')) {
      expect(isRefused(await standing.raw(name, {}))).toBe('wrong-state');
      if (name !== 'leave' && name !== 'capabilities') expect(isRefused(await guest.raw(name, {}))).toBe('wrong-state');
    }
    expect(isRefused(await guest.raw('join', {}))).toBe('wrong-state');
  });

  test('of what is not there, is another’s, or is not permitted', async () => {
    const observer = await here(consultationId, 'observer');
    expect(isRefused(await observer.raw('resumeConsumer', { consumerId: 'x' }))).toBe('wrong-state');
    const { send } = await openTransports(observer);
    const dtlsParameters = { fingerprints: [] };
    expect(isRefused(await observer.raw('connectTransport', { transportId, dtlsParameters }))).toBe('not-found');
    expect(isRefused(await observer.raw('restartIce', { transportId }))).toBe('not-found');
    expect(isRefused(await observer.raw('pauseProducer', { producerId, isPaused: true }))).toBe('not-found');
    expect(isRefused(await observer.raw('closeProducer', { producerId }))).toBe('not-found');
    const speaks = {
      requestId: randomUUID(),
      transportId: send.id,
      source: 'microphone',
      kind: 'audio',
      rtpParameters: rtpOf('audio'),
    };
    expect(isRefused(await observer.raw('produce', speaks))).toBe('forbidden');
    const peerId = expert.joined?.peerId;
    for (const [name, input] of [
      ['admit', { peerId }],
      ['refuse', { peerId, reason: '' }],
      ['remove', { peerId, reason: '' }],
      ['askMute', { peerId }],
      ['lock', { isLocked: true }],
      ['giveLead', { peerId: observer.joined?.peerId }],
      ['takeLead', {}],
      ['changeView', { patch: {} }],
      ['point', { cursor: null }],
      ['unmark', { id: randomUUID() }],
      ['record', { isOn: true, consentNote: 'yes' }],
      ['end', {}],
    ] as const)
      expect([name, isRefused(await observer.raw(name, input))]).toEqual([name, 'forbidden']);
  });

  test('a foreign room: its people, transports and streams are not there', async () => {
    const neighbour = await here(randomUUID(), 'chair');
    const { send } = await openTransports(neighbour);
    const peerId = doctor.joined?.peerId ?? '';
    for (const name of ['admit', 'refuse', 'remove', 'askMute'] as const)
      expect(isRefused(await neighbour.raw(name, { peerId, reason: '' }))).toBe('not-found');
    expect(isRefused(await neighbour.raw('closeProducer', { producerId }))).toBe('not-found');
    expect(isRefused(await neighbour.raw('restartIce', { transportId }))).toBe('not-found');
    const [known] = expert.all('newConsumer');
    expect(isRefused(await neighbour.raw('resumeConsumer', { consumerId: known?.consumerId }))).toBe('not-found');
    const speaks = { requestId: randomUUID(), source: 'microphone', kind: 'audio', rtpParameters: rtpOf('audio') };
    expect(isRefused(await neighbour.raw('produce', { ...speaks, transportId }))).toBe('not-found');
    await neighbour.ask('produce', { ...speaks, transportId: send.id } as never);
    await neighbour.ask('chat', { id: randomUUID(), text: '隔壁' });
    expect(expert.all('newConsumer')).toHaveLength(1);
  });
});

describe('a token', () => {
  const key = (text: string) => new TextEncoder().encode(text);
  const forged = (claims: object, secret: string, expires = 60) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('lianzhen')
      .setAudience('room')
      .setIssuedAt(Math.floor(node.clock.now().getTime() / 1000) - 7200)
      .setExpirationTime(Math.floor(node.clock.now().getTime() / 1000) + expires)
      .setJti('x')
      .sign(key(secret));

  test('that is expired, forged, for another node or none opens nothing', async () => {
    const own = node.deps.config.JOIN_TOKEN_KEY;
    const claims = { ...doctor.claims, role: 'chair' };
    const tokens = [
      '',
      'x'.repeat(5000),
      await forged(claims, 'guessed'.repeat(8)),
      await forged(claims, own, -3600),
      await forged({ ...claims, nodeId: 'node-2' }, own),
      await forged({ ...claims, role: 'god' }, own),
      await forged({ consultationId }, own),
    ];
    for (const token of tokens)
      await expect(here(consultationId, 'chair', { token })).rejects.toMatchObject({ code: 'unauthenticated' });
    for (const auth of [{}, { token: 7 }, { token: { a: 1 } }]) {
      const socket = io(node.node.url, {
        path: '/media/node-1/socket.io',
        auth,
        transports: ['websocket'],
        reconnection: false,
      });
      const why = await new Promise<string>((resolve) =>
        socket.once('connect_error', (e) => resolve(e.message)).once('connect', () => resolve('connected')),
      );
      expect(why).toBe('unauthenticated');
      socket.disconnect();
    }
  });

  test('does not open a hundred sockets for one seat', async () => {
    const opened = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        here(consultationId, 'observer', { seatId: doctor.claims.seatId, token: doctor.token, stands: true }),
      ),
    );
    expect(opened.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(5);
  });

  test('of another site’s page is not even read', async () => {
    const socket = io(node.node.url, {
      path: '/media/node-1/socket.io',
      auth: { token: doctor.token },
      extraHeaders: { origin: 'https://evil.example' },
      transports: ['websocket'],
      reconnection: false,
    });
    await expect(
      new Promise<string>((resolve, reject) =>
        socket.once('connect', () => resolve('connected')).once('connect_error', reject),
      ),
    ).rejects.toThrow();
    socket.disconnect();
  });
});

describe('a hundred times the normal rate', () => {
  const floods: [SignalName, number, (n: number) => unknown][] = [
    ['changeView', 3000, (n) => ({ patch: { tiles: [{ at: 0, set: { windowCenter: n } }] } })],
    ['changeView', 3000, (n) => ({ patch: { trace: { startMs: n } } })],
    ['point', 3000, (n) => ({ cursor: { sopInstanceUid: '1.2', frame: 1, at: { x: n, y: n } } })],
    ['chat', 600, (n) => ({ id: randomUUID(), text: String(n) })],
    ['createTransport', 400, () => ({ direction: 'receive' })],
    ['raiseHand', 1000, (n) => ({ isUp: n % 2 === 0 })],
    ['missed', 1000, () => ({ afterSeq: 0 })],
    ['takeLead', 1000, () => ({})],
  ];
  test.each(floods)('of %s is refused, and the others do not feel it', async (name, count, input) => {
    const flooder = await here(consultationId, 'requester');
    if (name === 'changeView') await flooder.ask('takeLead', {});
    const flood = Promise.all(Array.from({ length: count }, (_, n) => flooder.raw(name, input(n))));
    await doctor.ask('chat', { id: randomUUID(), text: '同时' });
    const answers = await flood;
    const refused = answers.filter(({ ok }) => !ok);
    for (const { error } of refused) expect(error?.code).toBe('rate-limited');
    expect(refused[0]?.error?.details).toMatchObject({ signal: name, retryAfterSeconds: expect.any(Number) });
    expect(refused.length).toBeGreaterThan(count * 0.7);
  });
});
