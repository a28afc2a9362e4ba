import { connect, type LookupFunction } from 'node:net';
import { unanswered } from './answers.ts';

const VT = 0x0b;
const END = Buffer.of(0x1c, 0x0d);
const longestAnswer = 65_536;

/**
 * Sends one message over a connection of its own and returns the first frame that comes back (MLLP release 1).
 * @param message encoded; holds neither VT nor FS
 * @param timeoutMs for all of it: connecting, sending and the answer
 * @throws HubError `unavailable` whenever no whole answer came
 */
export function callMllp(
  { host, port, lookup }: { host: string; port: number; lookup?: LookupFunction },
  message: Uint8Array,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    if (limit.aborted) return reject(unanswered('no-answer-in-time'));
    const socket = connect({ host, port, noDelay: true, ...(lookup ? { lookup } : {}) });
    let received: Buffer = Buffer.alloc(0);
    const finish = (settle: () => void) => {
      limit.removeEventListener('abort', late);
      socket.destroy();
      settle();
    };
    const late = () => finish(() => reject(unanswered('no-answer-in-time', `${timeoutMs} ms`)));
    limit.addEventListener('abort', late);
    socket.on('connect', () => socket.write(Buffer.concat([Buffer.of(VT), message, END])));
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      const frame = frameIn(received);
      if (frame) finish(() => resolve(frame));
      else if (received.length > longestAnswer) finish(() => reject(unanswered('answer-too-long')));
    });
    socket.on('error', (cause: NodeJS.ErrnoException) =>
      finish(() => reject(unanswered('connection-failed', cause.code, cause))),
    );
    socket.on('close', () => finish(() => reject(unanswered('connection-closed'))));
  });
}

/** The first whole frame; what stands before its VT is noise. */
function frameIn(bytes: Buffer): Buffer | undefined {
  const start = bytes.indexOf(VT);
  const end = start < 0 ? -1 : bytes.indexOf(END, start);
  return end < 0 ? undefined : bytes.subarray(start + 1, end);
}
