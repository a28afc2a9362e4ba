import type { Server as HttpServer } from 'node:http';
import { accountStream, facilityStream, MissedQuestion, missedQuestionName } from '@lianzhen/contracts/events.ts';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { parseCookie } from 'cookie';
import type { Redis } from 'ioredis';
import { Server, type Socket } from 'socket.io';
import type { Deps } from '../deps.ts';
import { isOwnOrigin, sessionCookie } from '../http/request-context.ts';
import { findSession, runningSessions } from '../identity/find-session.ts';
import { missedEvents } from './missed-events.ts';

/** How often the sessions behind open sockets are looked at again: a log-out closes them within this time. */
const recheckEveryMs = 5000;

/** What is known of a socket since it opened. */
interface Behind {
  sessionHash: string;
  facilityIds: string[];
  streams: string[];
}

/**
 * Sockets of logged-in browsers. They listen here: what changed, never what it is; and they may ask what they missed.
 * The relay, another process, speaks to the same rooms through the Redis stream.
 */
export function openSockets(http: HttpServer, deps: Deps, streams: Redis, recheckMs = recheckEveryMs): Server {
  const io = new Server(http, {
    adapter: createAdapter(streams, { streamName: 'lianzhen:socket.io', maxLen: 10_000 }),
    maxHttpBufferSize: 65_536,
    serveClient: false,
    // Room sockets on their way through the media proxy are upgrades as well: they are given as long as the proxy is.
    destroyUpgradeTimeout: 30_000,
    // A page of another site may not open a socket with this browser's cookie.
    allowRequest: ({ headers }, decide) => decide(null, isOwnOrigin(deps.config, headers.origin, headers.host)),
  });
  io.use(async (socket, next) => {
    const token = parseCookie(socket.handshake.headers.cookie ?? '')[sessionCookie];
    const actor = token ? await findSession(deps, token).catch(() => undefined) : undefined;
    if (actor?.kind !== 'person') return next(new Error('unauthenticated'));
    const { sessionHash, accountId, seats } = actor;
    const covered = seats.flatMap((seat) => seat.covers.map(facilityStream));
    const streams = [...new Set([accountStream(accountId), ...covered])];
    socket.data = { sessionHash, facilityIds: seats.map((seat) => seat.facilityId), streams } satisfies Behind;
    await socket.join(streams);
    next();
  });
  io.on('connection', (socket) => answerMissed(socket, deps));
  keepChecking(io, http, deps, recheckMs);
  return io;
}

/** One question at a time. What is none, or cannot be answered now, gets no answer: the page asks again. */
function answerMissed(socket: Socket, deps: Deps): void {
  let isAnswering = false;
  socket.on(missedQuestionName, async (raw: unknown, answer: unknown) => {
    const question = MissedQuestion.safeParse(raw);
    if (!question.success || typeof answer !== 'function' || isAnswering) return;
    isAnswering = true;
    const { streams } = socket.data as Behind;
    const missed = await missedEvents(deps, streams, question.data).catch((err) => {
      deps.log.warn({ err }, 'a page could not be told what it missed');
    });
    isAnswering = false;
    if (missed) answer(missed);
  });
}

/** Closes the sockets whose session has ended, and those whose people sit elsewhere now: they come back to other rooms. */
function keepChecking(io: Server, http: HttpServer, deps: Deps, recheckMs: number): void {
  let isChecking = false;
  const timer = setInterval(async () => {
    const open = [...io.of('/').sockets.values()];
    if (isChecking || open.length === 0) return;
    isChecking = true;
    const hashes = open.map((socket) => (socket.data as Behind).sessionHash);
    // While the database is away nobody can log out either: what is open stays open.
    const running = await runningSessions(deps, [...new Set(hashes)]).catch(() => undefined);
    isChecking = false;
    for (const socket of running ? open : []) {
      const { sessionHash, facilityIds } = socket.data as Behind;
      const now = running?.get(sessionHash);
      if (!now || now.length !== facilityIds.length || !now.every((id) => facilityIds.includes(id)))
        socket.disconnect(true);
    }
  }, recheckMs);
  timer.unref();
  http.once('close', () => clearInterval(timer));
}
