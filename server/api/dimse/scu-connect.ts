import { connect as connectTcp, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { PeerDisconnected } from './failures.ts';

/** A connected socket, or PeerDisconnected naming the address and what went wrong within `timeoutMs`. */
export function connectSocket(to: {
  host: string;
  port: number;
  timeoutMs: number;
  tls?: ConnectionOptions;
}): Promise<Socket> {
  const { host, port, timeoutMs, tls } = to;
  return new Promise((resolve, reject) => {
    const target = { host, port, noDelay: true, keepAlive: true };
    const socket: Socket = tls ? connectTls({ ...tls, ...target }) : connectTcp(target);
    const fail = (why: string, cause?: Error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(new PeerDisconnected(`cannot connect to ${host}:${port}: ${why}`, { cause }));
    };
    const timer = setTimeout(() => fail(`no answer within ${timeoutMs} ms`), timeoutMs);
    const onError = (cause: Error) => fail(cause.message, cause);
    socket.once('error', onError);
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      socket.off('error', onError);
      resolve(socket);
    });
  });
}
