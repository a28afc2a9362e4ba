import { createServer, type Server, type Socket } from 'node:net';
import { listenOn } from './listen.ts';
import { frameOf, framesIn } from './mllp-frames.ts';

/**
 * accept: AA; commit: CA; reject: AR with a reason; error: AE with an ERR segment; hang: takes the message and says
 * nothing; die: drops the connection unread; lose-answer: keeps the message, then drops the connection before the
 * answer; garble: answers what is no HL7; mistake: acknowledges another message.
 */
export type Hl7Behaviour =
  | 'accept'
  | 'commit'
  | 'reject'
  | 'error'
  | 'hang'
  | 'die'
  | 'lose-answer'
  | 'garble'
  | 'mistake';
export interface Hl7Receiver {
  readonly port: number;
  /** Every message that came in, repeats included. */
  readonly arrivals: { controlId: string; text: string; bytes: Buffer }[];
  /** What a hospital would have filed: one per control id. */
  filed(): string[];
  behave(how: Hl7Behaviour): void;
  /** Closes the port: connections are refused until `revive`. */
  kill(): Promise<void>;
  revive(): Promise<void>;
  close(): Promise<void>;
}

/** A hospital system that receives results over MLLP, on 127.0.0.1. */
export async function startHl7Receiver(behaviour: Hl7Behaviour = 'accept', port = 0): Promise<Hl7Receiver> {
  let how = behaviour;
  const arrivals: Hl7Receiver['arrivals'] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => socket.destroy());
    if (how === 'die') socket.destroy();
    let pending: Buffer = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      const { frames, rest } = framesIn(Buffer.concat([pending, bytes]));
      pending = rest;
      for (const frame of frames) answers[how](socket, keep(arrivals, frame));
    });
  });
  let listening = await listenOn(server, port);
  const kill = () => stop(server, open);
  return {
    get port() {
      return listening;
    },
    arrivals,
    filed: () => [...new Map(arrivals.map(({ controlId, text }) => [controlId, text])).values()],
    behave: (next) => {
      how = next;
    },
    kill,
    revive: async () => {
      listening = await listenOn(server, listening);
    },
    close: kill,
  };
}

function keep(arrivals: Hl7Receiver['arrivals'], bytes: Buffer): string {
  const declared = bytes.subarray(0, bytes.indexOf(0x0d)).toString('latin1').split('|')[17];
  const text = new TextDecoder(declared === 'GB 18030-2000' ? 'gb18030' : 'utf-8', { fatal: true }).decode(bytes);
  const controlId = text.split('|')[9] ?? '';
  arrivals.push({ controlId, text, bytes });
  return controlId;
}

const header = 'MSH|^~\\&|HIS|T01|LIANZHEN|C01|20260302||ACK^R01^ACK|S1|P|2.5.1\r';
const acknowledge = (socket: Socket, code: string, id: string, more = ''): boolean =>
  socket.write(frameOf(`${header}MSA|${code}|${id}${more}\r`));
const unknownPatient = '|\rERR||PID^1^3|204^Unknown key identifier^HL70357|E||||患者未登记';

const answers: Record<Hl7Behaviour, (socket: Socket, id: string) => unknown> = {
  accept: (socket, id) => acknowledge(socket, 'AA', id),
  commit: (socket, id) => acknowledge(socket, 'CA', id),
  reject: (socket, id) => acknowledge(socket, 'AR', id, '|不支持的消息\\T\\类型'),
  error: (socket, id) => acknowledge(socket, 'AE', id, unknownPatient),
  garble: (socket) => socket.write(frameOf('HTTP/1.1 400 Bad Request')),
  mistake: (socket) => acknowledge(socket, 'AA', 'ANOTHER'),
  'lose-answer': (socket) => socket.destroy(),
  die: (socket) => socket.destroy(),
  hang: () => undefined,
};

function stop(server: Server, open: Set<Socket>): Promise<void> {
  for (const socket of open) socket.destroy();
  return new Promise((resolve) => server.close(() => resolve()));
}
