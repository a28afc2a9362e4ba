import { createServer, type Socket } from 'node:net';
import { listenOn } from '../sims/listen.ts';
import { frameOf, framesIn } from '../sims/mllp-frames.ts';

export interface HeldReceiver {
  readonly port: number;
  /** Every message that came in, with how to accept it. Nothing is answered by itself while `isHolding`. */
  readonly arrivals: { controlId: string; accept: () => void }[];
  isHolding: boolean;
  close(): Promise<void>;
}

/** A hospital system whose answers come when the test says so. */
export async function startHeldReceiver(): Promise<HeldReceiver> {
  const sockets = new Set<Socket>();
  const arrivals: HeldReceiver['arrivals'] = [];
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    let pending: Buffer = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      const { frames, rest } = framesIn(Buffer.concat([pending, bytes]));
      pending = rest;
      for (const frame of frames) take(socket, frame.toString('latin1').split('|')[9] ?? '');
    });
  });
  const take = (socket: Socket, controlId: string) => {
    const header = 'MSH|^~\\&|HIS|C01|LIANZHEN|C01|20260302||ACK^R01^ACK|S1|P|2.5.1';
    const accept = () => void socket.write(frameOf(`${header}\rMSA|AA|${controlId}\r`));
    arrivals.push({ controlId, accept });
    if (!receiver.isHolding) accept();
  };
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  const receiver = { port: await listenOn(server, 0), arrivals, isHolding: false, close };
  return receiver;
}
