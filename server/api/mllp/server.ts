import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import type { Log } from '@lianzhen/platform/log.ts';
import { MllpConnection, type Refusal } from './connection.ts';
import { defaultLimits, type MllpLimits } from './limits.ts';
import type { MessageHandler, Remote } from './message-handler.ts';

export interface MllpServer {
  /** Resolves when connections are accepted; rejects when the port cannot be had. */
  listen(port: number, host?: string): Promise<{ port: number }>;
  /** Stops accepting, lets messages that are being taken be answered within `graceMs`, ends the rest. */
  close(graceMs: number): Promise<void>;
  /** Connections open now. */
  readonly connections: number;
}

interface Listening {
  log: Log;
  limits?: Partial<MllpLimits>;
  /** With it the port speaks TLS (RFC 8446, RFC 5246) instead of plain TCP. */
  tls?: TlsOptions;
  /** Told of every connection that this side ended for what the peer did. */
  onRefused?: (why: Refusal, remote: Remote) => void;
}

/** A listener for HL7 over MLLP. It knows frames, limits and order; what a message means is for the handler. */
export function createMllpServer(
  { log, limits: changes, tls, onRefused }: Listening,
  handle: MessageHandler,
): MllpServer {
  const limits = { ...defaultLimits, ...changes };
  const open = new Map<Socket, MllpConnection>();
  const refused = (why: Refusal, remote: Remote, cause: unknown): void => {
    // An idle connection is closed without a word; all others were refused something.
    log[why === 'idle' ? 'debug' : 'warn'](
      { reason: why, address: remote.address, err: cause },
      'MLLP connection ended',
    );
    if (why !== 'idle') onRefused?.(why, remote);
  };
  const connected = (socket: Socket): void => {
    const same = [...open.keys()].filter(({ remoteAddress }) => remoteAddress === socket.remoteAddress).length;
    if (open.size >= limits.connections || same >= limits.connectionsPerAddress) {
      refused('too-many-connections', { address: socket.remoteAddress ?? '', port: 0 }, undefined);
      socket.destroy();
      return;
    }
    open.set(socket, new MllpConnection(socket, limits, handle, refused));
    socket.on('close', () => open.delete(socket));
  };
  const settings = { noDelay: true, keepAlive: true };
  const server = tls
    ? createTlsServer({ ...tls, ...settings, handshakeTimeout: limits.handshakeMs }, connected)
    : createTcpServer(settings, connected);
  /** Every socket, also those that have not come through their handshake: these end with the server. */
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  // Above what `connected` bounds, for those that have not come so far.
  server.maxConnections = 2 * limits.connections;
  server.on('tlsClientError', (cause: Error, socket: Socket) => {
    refused('handshake', { address: socket.remoteAddress ?? '', port: 0 }, cause);
  });
  return {
    get connections() {
      return open.size;
    },
    async listen(port, host) {
      server.listen(port, host);
      await once(server, 'listening');
      return { port: (server.address() as AddressInfo).port };
    },
    async close(graceMs) {
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      const late = new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref());
      await Promise.race([Promise.all([...open.values()].map((connection) => connection.close())), late]);
      for (const connection of open.values()) connection.destroy();
      for (const socket of sockets) socket.destroy();
      await ended;
    },
  };
}
