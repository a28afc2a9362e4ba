import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { authorityIn } from '../factories/certificates.ts';
import { nearAddresses } from '../sims/bad-link.ts';

/** Where people behind links reach the hub: at port 443, as in a deployment. */
export const publicUrl = `https://${nearAddresses[0]}`;
/** The relay for those whom nothing but TCP 443 is left. */
export const relayUrl = `turns:${nearAddresses[1]}:443?transport=tcp`;

export interface FrontDoor {
  close(): Promise<void>;
}

/** Ends TLS for pages and sockets at 443 of the first address, and hands 443 of the second one on to the relay. */
export async function openFrontDoor(httpPort: number, relay: { host: string; port: number }): Promise<FrontDoor> {
  const folder = await mkdtemp(join(tmpdir(), 'lianzhen-front-'));
  const { key, cert } = authorityIn(folder).issue('front');
  const sockets = new Set<Socket>();
  function carry(from: Socket, to: Socket): void {
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      socket.setNoDelay(true);
    }
    // One that breaks takes the other with it, as a connection through a router has one fate.
    from.on('error', () => to.destroy()).on('close', () => to.destroy());
    to.on('error', () => from.destroy()).on('close', () => from.destroy());
    from.pipe(to).pipe(from);
  }
  const pages = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (from) =>
    carry(from, connect({ port: httpPort, host: '127.0.0.1', localAddress: localAddressFor(from) })),
  );
  // A browser that leaves in the middle of a handshake is nothing to us.
  pages.on('tlsClientError', () => undefined);
  const relays = createServer((from) => carry(from, connect(relay)));
  await Promise.all([listen(pages, nearAddresses[0]), listen(relays, nearAddresses[1])]);
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all([pages, relays].map((server) => new Promise((resolve) => server.close(resolve))));
    await rm(folder, { recursive: true, force: true });
  };
  return { close };
}

/** Each person's network has an address of its own before the hub, so that none uses up what another may do. */
const localAddressFor = ({ remoteAddress = '' }: Socket): string => `127.0.1.${remoteAddress.split('.')[2] ?? '1'}`;

async function listen(server: Server, host: string): Promise<void> {
  server.listen(443, host);
  await once(server, 'listening');
}
