import { randomUUID } from 'node:crypto';
import {
  type JoinClaims,
  type Notice,
  type NoticeName,
  notices,
  roomSocketPath,
  type SeatRole,
  type SignalInput,
  type SignalName,
  type SignalValue,
  signals,
} from '@lianzhen/contracts/room-signals.ts';
import type { Db } from '@lianzhen/db/client.ts';
import { type Config, readConfig } from '@lianzhen/platform/config.ts';
import { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { signJoinToken } from '../../server/api/consultation/join-token.ts';
import { type MediaNodeAddress, startSfu } from '../../server/api/consultation/media/start-sfu.ts';
import { type RoomFacts, type RoomTimes, roomTimes } from '../../server/api/consultation/rooms/room-deps.ts';
import type { Deps } from '../../server/api/deps.ts';
import { mediaWorkerBin } from './probe-node.ts';
import type { TestRedis } from './redis.ts';
import { movableClock } from './worker.ts';

/** Rooms of no consultation tell nobody. */
const untold: RoomFacts = { sessionStarted: () => Promise.resolve(), sessionEnded: () => Promise.resolve() };
const JOIN_TOKEN_KEY = 'j'.repeat(32);

/** Where somebody sits: his token's claims, and what he learned as he came in. */
export interface Sitting {
  claims: JoinClaims;
  token: string;
  socket: Socket;
  joined: SignalValue<'join'> | undefined;
  heard: { name: NoticeName; notice: unknown }[];
  all<N extends NoticeName>(name: N): Notice<N>[];
  /** @throws the Problem that was answered */
  ask<N extends SignalName>(name: N, input: SignalInput<N>): Promise<SignalValue<N>>;
  /** Any name and any value; the bare answer. */
  raw(
    name: string,
    ...values: unknown[]
  ): Promise<{ ok: boolean; value?: unknown; error?: { code: string; details?: Record<string, unknown> } }>;
}
export interface SitOptions {
  role?: SeatRole;
  consultationId?: string;
  seatId?: string;
  accountId?: string;
  name?: string;
  /** Instead of a fresh one. */
  token?: string;
  resumeSecret?: string;
  afterSeq?: number;
  keepsMedia?: boolean;
  /** Leaves out the signal `join`. */
  stands?: boolean;
  url?: string;
}

/** The media node as `server/api/roles.ts` starts it, in this process, for the test file that calls this at its top. */
export function withRoomNode(
  database: { readonly db: Db },
  redis: TestRedis,
  {
    times = {},
    settings = {},
    facts = untold,
  }: { times?: Partial<RoomTimes>; settings?: Partial<Config>; facts?: RoomFacts } = {},
) {
  const clock = movableClock();
  let opened: { node: MediaNodeAddress; deps: Deps; life: Lifecycle } | undefined;
  const sockets: Socket[] = [];
  const ready = () => {
    if (!opened) throw new Error('the node is there once the tests run, not before');
    return opened;
  };
  async function start(): Promise<void> {
    const config = { ...roomConfig(), ...settings };
    const log = createLog('test', process.env.HUB_TEST_LOG ?? 'silent');
    const life = new Lifecycle(log);
    const deps = { config, log, db: database.db, redis: redis.connect(), clock, blobs: undefined as never };
    opened = { deps, life, node: await startSfu(deps, life, facts, { ...roomTimes, ...times }) };
  }
  beforeAll(start);
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.disconnect();
  });
  afterAll(() => opened?.life.close());

  async function sit(options: SitOptions = {}): Promise<Sitting> {
    const { deps, node } = ready();
    const claims: JoinClaims = {
      consultationId: options.consultationId ?? randomUUID(),
      nodeId: deps.config.HUB_MEDIA_NODE,
      accountId: options.accountId ?? null,
      seatId: options.seatId ?? randomUUID(),
      role: options.role ?? 'requester',
      name: options.name ?? '李医生',
      facilityName: '镇卫生院',
    };
    const token = options.token ?? (await signJoinToken(deps, claims));
    const { resumeSecret } = options;
    const socket = io(options.url ?? node.url, {
      path: roomSocketPath(deps.config.HUB_MEDIA_NODE),
      auth: { token, language: 'en', ...(resumeSecret ? { resumeSecret } : {}) },
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
    });
    sockets.push(socket);
    const sitting = sittingOn(socket, claims, token);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve).once('connect_error', (error: Error & { data?: unknown }) => {
        reject(Object.assign(error, error.data));
      });
    });
    if (options.stands) return sitting;
    const { afterSeq, keepsMedia } = options;
    sitting.joined = await sitting.ask('join', { resumeSecret, afterSeq, keepsMedia });
    return sitting;
  }

  return {
    clock,
    sit,
    /** The node as it was is gone without a word, as a killed process is not quite: its timers have ended. */
    restart: async () => {
      await ready().life.close();
      await start();
    },
    get deps() {
      return ready().deps;
    },
    get node() {
      return ready().node;
    },
  };
}

function roomConfig(): Config {
  const config = readConfig({
    DATABASE_URL: 'postgresql://unused',
    REDIS_URL: 'redis://unused',
    SESSION_KEY: 'x'.repeat(32),
    JOIN_TOKEN_KEY,
    NODE_ENV: 'test',
    HUB_RTC_PORT: '0',
    HUB_MEDIA_WORKERS: '2',
    MEDIASOUP_WORKER_BIN: mediaWorkerBin(),
  });
  return config;
}

function sittingOn(socket: Socket, claims: JoinClaims, token: string): Sitting {
  const heard: Sitting['heard'] = [];
  // What is told has the shape of its notice, or the test that hears it fails.
  for (const name of Object.keys(notices) as NoticeName[])
    socket.on(name, (raw: unknown) => heard.push({ name, notice: notices[name].parse(raw) }));
  const raw: Sitting['raw'] = (name, ...values) => socket.timeout(10_000).emitWithAck(name, ...values);
  return {
    claims,
    token,
    socket,
    joined: undefined,
    heard,
    all: (name) => heard.filter((one) => one.name === name).map(({ notice }) => notice as never),
    ask: async (name, input) => {
      const answer = await raw(name, input);
      if (!answer.ok) throw Object.assign(new Error(`${name}: ${answer.error?.code}`), answer.error);
      return signals[name].output.parse(answer.value) as never;
    },
    raw,
  };
}
