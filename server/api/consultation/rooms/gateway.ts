import { randomUUID } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { HubError, type Problem } from '@lianzhen/contracts/errors.ts';
import { roomSocketPath, type SignalName, signals } from '@lianzhen/contracts/room-signals.ts';
import { Server, type Socket } from 'socket.io';
import type { z } from 'zod';
import { problemFor, statusOf } from '../../http/problem.ts';
import { isOwnOrigin } from '../../http/request-context.ts';
import { type VerifiedToken, verifyJoinToken } from '../join-token.ts';
import { enterRoom } from './enter-room.ts';
import { type Asking, handlers, inLobby } from './handlers.ts';
import type { Line } from './peer.ts';
import type { RoomDeps } from './room-deps.ts';
import type { RoomDirectory } from './room-directory.ts';
import { openSignalLimits } from './signal-limits.ts';

/** A socket that says nothing is closed. */
const joinWithinMs = 15_000;
/** Sockets that one seat may open at once: one that is dying, one that comes, and a second window. */
const mostSockets = 5;
/** Larger than any signal: the passed structures and a long freehand mark are bounded below it. */
const largestMessage = 131_072;

/** What is known of a socket. */
interface Behind {
  token: VerifiedToken;
  language: 'zh' | 'en';
  joining?: boolean;
  asking?: Asking;
}
const behind = (socket: Socket) => socket.data as Behind;

type Answer = { ok: true; value: unknown } | { ok: false; error: Problem };
type Checks = ReturnType<typeof openSignalLimits>;

/**
 * The sockets of the rooms of this node. Each signal is counted, known, allowed in the present state, and of its shape
 * before anything is done; each gets an answer.
 */
export function openGateway(http: HttpServer, deps: RoomDeps, rooms: RoomDirectory): Server {
  const { config } = deps;
  const io = new Server(http, {
    path: roomSocketPath(config.HUB_MEDIA_NODE),
    maxHttpBufferSize: largestMessage,
    serveClient: false,
    // A dead network is known after fifteen seconds at the most.
    pingInterval: 8000,
    pingTimeout: 7000,
    allowRequest: ({ headers }, decide) => decide(null, isOwnOrigin(config, headers.origin, headers.host)),
  });
  const check = openSignalLimits();
  io.use((socket, next) => {
    admitSocket(deps, io, socket).then(
      () => next(),
      (cause: unknown) => {
        const problem = problemFor(cause, randomUUID(), languageOf(socket));
        next(Object.assign(new Error(problem.code), { data: problem }));
      },
    );
  });
  io.on('connection', (socket) => serve(deps, rooms, check, socket));
  return io;
}

function languageOf({ handshake }: Socket): 'zh' | 'en' {
  const { language } = handshake.auth;
  if (language === 'zh' || language === 'en') return language;
  return /^en/i.test(handshake.headers['accept-language'] ?? '') ? 'en' : 'zh';
}

async function admitSocket(deps: RoomDeps, io: Server, socket: Socket): Promise<void> {
  const { token, resumeSecret } = socket.handshake.auth;
  if (typeof token !== 'string' || token.length > 4000)
    throw new HubError('unauthenticated', { reason: 'token-not-valid' });
  const verified = await verifyJoinToken(deps, token);
  // Whether the secret is the right one is seen when the seat is taken.
  if (verified.isExpired && typeof resumeSecret !== 'string')
    throw new HubError('unauthenticated', { reason: 'token-expired' });
  const { nodeId, consultationId, seatId } = verified.claims;
  if (nodeId !== deps.config.HUB_MEDIA_NODE) throw new HubError('unauthenticated', { reason: 'other-node' });
  const own = `${consultationId} ${seatId}`;
  if ((io.sockets.adapter.rooms.get(own)?.size ?? 0) >= mostSockets)
    throw new HubError('rate-limited', { most: mostSockets });
  await socket.join(own);
  socket.data = { token: verified, language: languageOf(socket) } satisfies Behind;
}

function serve(deps: RoomDeps, rooms: RoomDirectory, check: Checks, socket: Socket): void {
  const line: Line = {
    tell: (name, notice, isVolatile) => void (isVolatile ? socket.volatile : socket).emit(name, notice),
    // Whoever asked for it gets his answer first.
    close: () => void setImmediate(() => socket.disconnect(true)),
  };
  const late = setTimeout(() => socket.disconnect(true), joinWithinMs);
  socket.onAny((name: unknown, ...args: unknown[]) => {
    const reply = args.findLast((arg) => typeof arg === 'function') as ((answer: Answer) => void) | undefined;
    void answer(deps, rooms, check, socket, line, name, args[0]).then((given) => {
      if (behind(socket).asking) clearTimeout(late);
      reply?.(given);
    });
  });
  socket.once('disconnect', () => {
    clearTimeout(late);
    const { asking } = behind(socket);
    asking?.room.lost(asking.peer, line);
  });
}

/** Never rejects: whatever goes wrong is an answer. */
async function answer(
  deps: RoomDeps,
  rooms: RoomDirectory,
  check: Checks,
  socket: Socket,
  line: Line,
  name: unknown,
  raw: unknown,
): Promise<Answer> {
  try {
    if (!isSignal(name)) throw new HubError('bad-input', { fields: [{ field: 'signal', expected: 'a known signal' }] });
    await check(behind(socket).token.claims.seatId, name);
    return { ok: true, value: await handle(deps, rooms, socket, line, name, raw) };
  } catch (cause) {
    const requestId = randomUUID();
    if (statusOf(cause) >= 500) deps.log.error({ err: cause, requestId }, 'a signal failed');
    return { ok: false, error: problemFor(cause, requestId, behind(socket).language) };
  }
}

const isSignal = (name: unknown): name is SignalName => typeof name === 'string' && Object.hasOwn(signals, name);

async function handle(
  deps: RoomDeps,
  rooms: RoomDirectory,
  socket: Socket,
  line: Line,
  name: SignalName,
  raw: unknown,
): Promise<unknown> {
  if (name === 'join') return join(deps, rooms, socket, line, raw);
  const { asking } = behind(socket);
  // Whoever was replaced or has left holds a socket that is about to close.
  if (!asking?.peer.isOn(line)) throw new HubError('wrong-state', { state: 'not-joined' });
  if (!asking.room.isIn(asking.peer) && !inLobby.has(name)) throw new HubError('wrong-state', { state: 'lobby' });
  const handler = handlers[name] as (asking: Asking, input: unknown) => unknown;
  return handler(asking, parse(name, raw));
}

async function join(deps: RoomDeps, rooms: RoomDirectory, socket: Socket, line: Line, raw: unknown): Promise<unknown> {
  const own = behind(socket);
  const input = parse('join', raw);
  if (own.joining || own.asking) throw new HubError('wrong-state', { state: 'joined' });
  own.joining = true;
  try {
    for (let tries = 1; ; tries++) {
      const room = await rooms.open(own.token.claims.consultationId);
      try {
        const { peer, answer: given } = await enterRoom(deps, room, own.token, input, line);
        own.asking = { room, peer };
        // The socket was lost while the seat was being taken.
        if (!socket.connected) room.lost(peer, line);
        return given;
      } catch (cause) {
        room.closeIfEmpty();
        // The last one left at this moment: the room is opened again.
        if (!room.isClosed || tries >= 3 || !(cause instanceof HubError) || cause.details.part !== 'room') throw cause;
      }
    }
  } finally {
    own.joining = false;
  }
}

/** @throws `bad-input` with each field and what was expected there */
function parse<N extends SignalName>(name: N, raw: unknown): z.output<(typeof signals)[N]['input']> {
  const parsed = signals[name].input.safeParse(raw ?? {});
  if (parsed.success) return parsed.data as z.output<(typeof signals)[N]['input']>;
  const fields = parsed.error.issues
    .slice(0, 20)
    .map(({ path, message }) => ({ field: path.join('.'), expected: message }));
  throw new HubError('bad-input', { signal: name, fields });
}
