import type { Socket } from 'node:net';
import { release } from '@lianzhen/platform/released.ts';

/**
 * What a socket receives, one chunk at a time and without copying; asking for the next one gives back the memory of the
 * last. The socket flows while less than `bufferedBytes` wait and is paused above, so that a slow reader slows its
 * sender down.
 */
export class ChunkSource {
  readonly #socket: Socket;
  readonly #bufferedBytes: number;
  #chunks: Buffer[] = [];
  /** The one that was asked for last. */
  #taken: Buffer | undefined;
  #waitingBytes = 0;
  #hasEnded = false;
  #isDiscarding = false;
  #wake: (() => void) | undefined;

  constructor(socket: Socket, bufferedBytes: number) {
    this.#socket = socket;
    this.#bufferedBytes = bufferedBytes;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('end', () => this.#end());
    socket.on('close', () => this.#end());
  }

  /** The next chunk, or undefined once the peer has ended and everything before has been taken. */
  async next(): Promise<Buffer | undefined> {
    if (this.#taken) release(this.#taken);
    this.#taken = undefined;
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk) {
        this.#taken = chunk;
        this.#waitingBytes -= chunk.length;
        if (this.#chunks.length === 0) this.#socket.resume();
        return chunk;
      }
      if (this.#hasEnded || this.#isDiscarding) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** From now on everything is read and dropped: unread bytes would turn our last PDU into a connection reset. */
  discard(): void {
    this.#isDiscarding = true;
    this.#chunks = [];
    this.#waitingBytes = 0;
    this.#socket.resume();
    this.#wake?.();
  }

  #take(chunk: Buffer): void {
    if (this.#isDiscarding) return;
    this.#chunks.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#waitingBytes >= this.#bufferedBytes) this.#socket.pause();
    this.#wake?.();
  }

  #end(): void {
    this.#hasEnded = true;
    this.#wake?.();
  }
}
