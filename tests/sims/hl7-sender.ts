import { once } from 'node:events';
import { connect } from 'node:net';
import { frameOf, framesIn } from './mllp-frames.ts';

/** A hospital's system with one connection: sends messages and waits for each answer. */
export async function hl7Sender(port: number, host = '127.0.0.1') {
  const socket = connect({ host, port, noDelay: true });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const waiting: Array<(answer: Buffer | undefined) => void> = [];
  let pending: Buffer = Buffer.alloc(0);
  socket.on('data', (bytes) => {
    const { frames, rest } = framesIn(Buffer.concat([pending, bytes]));
    pending = rest;
    for (const frame of frames) waiting.shift()?.(frame);
  });
  socket.on('close', () => {
    for (const resolve of waiting.splice(0)) resolve(undefined);
  });
  const write = (bytes: Buffer): Promise<Buffer | undefined> =>
    new Promise((resolve) => {
      if (socket.destroyed) return resolve(undefined);
      waiting.push(resolve);
      socket.write(bytes);
    });
  return {
    /** The answer, or undefined where the other side ended the connection. */
    send: (message: string | Buffer) => write(frameOf(message)),
    /** Bytes as they are, frame or not. */
    write,
    close: () => socket.destroy(),
  };
}

/** Segments of an answer as lists of fields: `fieldsOf(answer, 'MSA')[0]?.[1]` is MSA-1. */
export const fieldsOf = (answer: string, name: string): string[][] =>
  answer
    .split('\r')
    .map((line) => line.split('|'))
    .filter(([first]) => first === name);
