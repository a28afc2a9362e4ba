import { once } from 'node:events';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Association, type AssociationHost } from './association.ts';
import { Connection } from './connection.ts';
import type { DimseHandlers, DimseServerOptions } from './handlers.ts';

/** What is to be seen of an open association from outside. */
export interface AssociationInfo {
  callingAeTitle: string;
  remoteAddress: string;
  openedAt: Date;
  /** Requests being answered now, and answered so far. */
  running: number;
  answered: number;
}

export interface DimseServer {
  /** Resolves when connections are accepted; rejects when the port cannot be had. */
  listen(): Promise<{ port: number }>;
  /** Stops accepting, lets running operations finish within `graceMs`, aborts the rest. May be called more than once. */
  close(graceMs: number): Promise<void>;
  associations(): AssociationInfo[];
}

/** How long a connection that was aborted at the end of the grace may take to close. */
const lastLingerMs = 500;

/** A DICOM upper-layer service provider: C-ECHO by itself, C-STORE, C-FIND and storage commitment through `handlers`. */
export function createDimseServer<A>(options: DimseServerOptions, handlers: DimseHandlers<A>): DimseServer {
  const { limits, log, tls } = options;
  /** Not yet associated, or not any more: in the order they came, the oldest is the first to go. */
  const pending = new Set<Association<A>>();
  const open = new Set<Association<A>>();
  const host: AssociationHost<A> = {
    options,
    handlers,
    admit(association) {
      const { callingAeTitle } = association;
      if (open.size >= limits.associations) return `${limits.associations} associations are open`;
      const same = [...open].filter((other) => other.callingAeTitle === callingAeTitle).length;
      if (same >= limits.associationsPerPeer)
        return `${limits.associationsPerPeer} associations of this caller are open`;
      pending.delete(association);
      open.add(association);
      return undefined;
    },
    left(association) {
      if (open.delete(association)) wait(association);
    },
  };

  /** Whoever is not associated is here on sufferance: a flood pushes out its own, never an open association. */
  function wait(association: Association<A>): void {
    const [oldest] = pending;
    if (oldest && pending.size >= limits.pendingConnections) {
      pending.delete(oldest);
      oldest.destroy('too many connections are waiting');
      const { remoteAddress } = oldest;
      handlers.refused?.({ kind: 'limit', reason: 'too many connections are waiting', remoteAddress });
    }
    pending.add(association);
  }

  function connected(socket: Socket): void {
    const association = new Association<A>(new Connection(socket, limits), host);
    wait(association);
    void association.serve().then(() => {
      pending.delete(association);
      open.delete(association);
    });
  }

  const settings = { noDelay: true, keepAlive: true, keepAliveInitialDelay: limits.stalledMs };
  const server = tls
    ? createTlsServer({ ...tls, ...settings, handshakeTimeout: limits.artimMs }, connected)
    : createTcpServer(settings, connected);
  // Above what `wait` bounds, for connections that have not come as far as to be an association.
  server.maxConnections = limits.associations + 2 * limits.pendingConnections;
  server.on('tlsClientError', (error: Error, socket: Socket) => {
    const remoteAddress = socket.remoteAddress ?? 'unknown';
    handlers.refused?.({ kind: 'handshake', reason: `TLS: ${error.message}`, remoteAddress });
  });

  async function listen(): Promise<{ port: number }> {
    server.listen(options.port, options.host);
    await once(server, 'listening');
    server.on('error', (err) => log.error({ err }, 'dimse listener failed'));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : options.port;
    return { port };
  }

  let closing: Promise<void> | undefined;
  async function shutDown(graceMs: number): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const association of pending) association.destroy('server is shutting down');
    for (const association of open) association.drain();
    const abort = setTimeout(() => {
      for (const association of open) association.abort('server is shutting down');
    }, graceMs);
    const destroy = setTimeout(() => {
      for (const association of [...pending, ...open]) association.destroy('server is shutting down');
    }, graceMs + lastLingerMs);
    await closed;
    clearTimeout(abort);
    clearTimeout(destroy);
  }

  return {
    listen,
    close: (graceMs) => {
      closing ??= shutDown(graceMs);
      return closing;
    },
    associations: () =>
      [...open].map(({ callingAeTitle, remoteAddress, openedAt, running, answered }) => ({
        callingAeTitle,
        remoteAddress,
        openedAt,
        running,
        answered,
      })),
  };
}
