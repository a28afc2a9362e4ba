/** Ports of this machine: whether one is free, and finding free ones. */
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/**
 * Tries to listen on a port.
 * @param {number} port
 * @param {'tcp' | 'udp'} protocol
 * @returns {Promise<'free' | 'used' | 'forbidden'>} forbidden: a port below 1024 and not enough rights
 */
export function probePort(port, protocol) {
  return new Promise((answer) => {
    const verdict = (/** @type {NodeJS.ErrnoException} */ error) =>
      answer(error.code === 'EACCES' ? 'forbidden' : 'used');
    if (protocol === 'udp') {
      const socket = createSocket('udp4');
      socket.once('error', verdict);
      socket.bind(port, () => socket.close(() => answer('free')));
      return;
    }
    const server = createServer();
    server.once('error', verdict);
    // No host: every address of the machine, as the roles listen.
    server.listen({ port, exclusive: true }, () => server.close(() => answer('free')));
  });
}

/** Numbers handed out by this process, so that two callers never get the same one before either listens. */
const handedOut = new Set();

/**
 * A port that is free for TCP and UDP, below the range from which the kernel takes the ports of outgoing connections:
 * otherwise one of those could hold it while a server restarts.
 * @param {number} [preferred] taken when it is free
 * @returns {Promise<number>}
 */
export async function freePort(preferred) {
  for (let tries = 0; tries < 200; tries++) {
    const port = preferred && tries === 0 ? preferred : 20_000 + Math.floor(Math.random() * 12_000);
    if (handedOut.has(port) && port !== preferred) continue;
    if ((await probePort(port, 'tcp')) !== 'free' || (await probePort(port, 'udp')) !== 'free') continue;
    handedOut.add(port);
    return port;
  }
  throw new Error('no free port was found between 20000 and 32000');
}
