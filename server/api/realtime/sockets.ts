import type { Server as HttpServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { parseCookie } from 'cookie';
import type { Redis } from 'ioredis';
import { Server } from 'socket.io';
import type { Deps } from '../deps.ts';
import { sessionCookie } from '../http/request-context.ts';
import { findSession } from '../identity/find-session.ts';

export const facilityRoom = (id: string): string => `facility:${id}`;
export const accountRoom = (id: string): string => `account:${id}`;

/** How often an open socket's session is looked at again: a log-out elsewhere closes it within this time. */
const recheckMs = 30_000;

/**
 * Sockets of logged-in browsers. They only listen here: what changed, never what it is. The relay, another process,
 * speaks to the same rooms through the Redis stream.
 */
export function openSockets(http: HttpServer, deps: Deps, streams: Redis): Server {
  const io = new Server(http, {
    adapter: createAdapter(streams, { streamName: 'lianzhen:socket.io', maxLen: 10_000 }),
    maxHttpBufferSize: 65_536,
    serveClient: false,
    // A page of another site may not open a socket with this browser's cookie.
    allowRequest: (req, decide) => {
      const { origin, host } = req.headers;
      decide(null, !origin || (URL.canParse(origin) && new URL(origin).host === host));
    },
  });
  io.use(async (socket, next) => {
    const token = parseCookie(socket.handshake.headers.cookie ?? '')[sessionCookie];
    const actor = token ? await findSession(deps, token) : undefined;
    if (actor?.kind !== 'person') return next(new Error('unauthenticated'));
    await socket.join([accountRoom(actor.accountId), ...actor.seats.flatMap((seat) => seat.covers.map(facilityRoom))]);
    const timer = setInterval(async () => {
      const still = await findSession(deps, token ?? '').catch(() => actor);
      if (still.kind !== 'person') socket.disconnect(true);
    }, recheckMs);
    socket.once('disconnect', () => clearInterval(timer));
    next();
  });
  return io;
}
