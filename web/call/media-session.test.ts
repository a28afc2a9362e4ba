import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { MediaSession } from './media-session.ts';
import { RoomError } from './room-error.ts';
import type { SignalLink } from './signal-link.ts';

type Done = (made: { id: string }) => void;
type Fail = (cause: Error) => void;

/** A transport that asks whom the library's asks, and carries nothing. */
class Transport extends EventEmitter {
  readonly id: string = crypto.randomUUID();
  readonly observer = new EventEmitter();
  readonly connectionState = 'new';
  readonly closed = false;
  readonly direction: string;
  constructor(direction: string) {
    super();
    this.direction = direction;
  }
  close(): void {}
  async produce({ track, appData }: { track: { enabled: boolean }; appData: unknown }) {
    const { id } = await new Promise<{ id: string }>((done: Done, fail: Fail) => {
      this.emit('produce', { kind: 'audio', rtpParameters: {}, appData }, done, fail);
    });
    return { id, track, paused: !track.enabled, pause: () => {}, resume: () => {}, close: () => {} };
  }
}
vi.mock('mediasoup-client', () => ({
  Device: {
    factory: async () => ({
      load: async () => {},
      recvRtpCapabilities: {},
      sendRtpCapabilities: { codecs: [] },
      createSendTransport: () => new Transport('send'),
      createRecvTransport: () => new Transport('recv'),
    }),
  },
}));

/** A stay in a room whose link dies at one question, after the room may have done what was asked. */
async function stay(diesAt: string) {
  const asked: string[] = [];
  const link = {
    ask: async (name: string, input: { direction?: string }) => {
      const question = input.direction ? `${name} ${input.direction}` : name;
      asked.push(question);
      if (question === diesAt) throw new RoomError('no-answer');
      return { id: 'transport', producerId: 'producer' };
    },
  } as unknown as SignalLink;
  const quiet = { onIncoming: () => {}, onState: () => {}, onBroken: () => {} };
  const session = new MediaSession({ link, iceServers: [], routerRtpCapabilities: {}, ...quiet });
  const track = { enabled: true } as MediaStreamTrack;
  const send = (one: MediaStreamTrack | undefined, isMuted = false) =>
    session.send('microphone', one, isMuted).then(
      () => true,
      () => false,
    );
  return { session, asked, track, send };
}

test('a stay of which everything is known goes on over another socket', async () => {
  const { session, track, send } = await stay('nothing');
  expect([await send(track), await send(track, true), await send(undefined), session.canGoOn]).toEqual([
    ...[true, true, true],
    true,
  ]);
  session.close();
  expect(session.canGoOn).toBe(false);
});

test.each(['createTransport send', 'produce', 'closeProducer'])(
  'where the link dies at %s, everything is made anew: the room takes one stream of each source',
  async (diesAt) => {
    const { session, track, send } = await stay(diesAt);
    const sent = [await send(track), await send(undefined)];
    expect(sent).toEqual([diesAt === 'closeProducer', diesAt !== 'closeProducer']);
    expect(session.canGoOn).toBe(false);
  },
);

test('a mute that could not be told does not end the stay: it is told later', async () => {
  const { session, asked, track, send } = await stay('pauseProducer');
  expect([await send(track, true), track.enabled, session.canGoOn]).toEqual([false, false, true]);
  await send(track, true);
  expect(asked.filter((name) => name === 'pauseProducer')).toHaveLength(2);
});

test('the transport is asked for again where the room could not give one', async () => {
  const { asked, track, send } = await stay('createTransport send');
  for (const _ of [1, 2]) expect(await send(track)).toBe(false);
  expect(asked.filter((name) => name === 'createTransport send')).toHaveLength(2);
});
