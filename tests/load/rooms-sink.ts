import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/**
 * A process of its own that has ports and reads nothing from them, so that many receivers cost no more than the kernel's
 * throwing away: it says the ports, and sleeps until it is killed.
 */
const count = Number(process.argv[2] ?? 16);
const sockets = Array.from({ length: count }, () => createSocket({ type: 'udp4', recvBufferSize: 4096 }));
await Promise.all(
  sockets.map((socket) => {
    socket.bind(0, '127.0.0.1');
    return once(socket, 'listening');
  }),
);
const ports = sockets.map((socket) => socket.address().port);
const forever = new Int32Array(new SharedArrayBuffer(4));
process.send?.(ports, () => {
  Atomics.wait(forever, 0, 0);
});
