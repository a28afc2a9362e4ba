import type { Socket } from 'node:net';
import { FrameError, FrameReader, frame } from './frames.ts';
import type { MllpLimits } from './limits.ts';
import type { MessageHandler, Remote } from './message-handler.ts';

/** Why a connection was ended by this side. */
export type Refusal = 'garbage' | 'too-many-connections' | 'handshake' | 'idle' | 'too-slow' | 'handler';

/**
 * One peer. Messages are answered one after another in the order in which they came; while one is being taken, no more
 * bytes are read, so a peer that does not wait fills its own buffers and not ours.
 */
export class MllpConnection {
  readonly remote: Remote;
  readonly #reader: FrameReader;
  readonly #queue: Buffer[] = [];
  #busy: Promise<void> | undefined;
  #closing = false;
  #timer: NodeJS.Timeout | undefined;
  private readonly socket: Socket;
  private readonly limits: MllpLimits;
  private readonly handle: MessageHandler;
  private readonly onRefused: (why: Refusal, remote: Remote, cause: unknown) => void;

  constructor(
    socket: Socket,
    limits: MllpLimits,
    handle: MessageHandler,
    onRefused: (why: Refusal, remote: Remote, cause: unknown) => void,
  ) {
    this.socket = socket;
    this.limits = limits;
    this.handle = handle;
    this.onRefused = onRefused;
    this.remote = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
    this.#reader = new FrameReader(limits.messageBytes);
    socket.on('data', (bytes) => this.#receive(bytes));
    // The peer is gone: whoever waits for its answer sends again.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => clearTimeout(this.#timer));
    this.#expect();
  }

  /** Takes nothing new; resolves when the message that is being taken has been answered. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#busy;
    this.socket.destroySoon();
  }

  destroy(): void {
    this.socket.destroy();
  }

  #receive(bytes: Buffer): void {
    if (this.#closing) return;
    const wasInside = this.#reader.isInside;
    try {
      this.#queue.push(...this.#reader.push(bytes));
    } catch (cause) {
      if (!(cause instanceof FrameError)) throw cause;
      this.#refuse('garbage', cause);
      return;
    }
    if (this.#queue.length > 0 && !this.#busy) this.#busy = this.#answerAll();
    // The clock of a message begins with its first byte: one byte now and then does not start it again.
    else if (!wasInside && !this.#busy) this.#expect();
  }

  async #answerAll(): Promise<void> {
    this.socket.pause();
    try {
      for (let message = this.#queue.shift(); message; message = this.#queue.shift()) {
        this.#limit('handler', this.limits.handlerMs);
        const answer = await this.handle(message, this.remote);
        this.#limit('too-slow', this.limits.messageMs);
        await this.#write(frame(answer));
        if (this.#closing) break;
      }
      this.#busy = undefined;
      this.#expect();
      this.socket.resume();
    } catch (cause) {
      this.#busy = undefined;
      this.#refuse('handler', cause);
    }
  }

  #write(bytes: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.write(bytes, (cause) => (cause ? reject(cause) : resolve()));
    });
  }

  #expect(): void {
    if (this.#reader.isInside) this.#limit('too-slow', this.limits.messageMs);
    else this.#limit('idle', this.limits.idleMs);
  }

  #limit(why: Refusal, ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refuse(why, undefined), ms);
  }

  #refuse(why: Refusal, cause: unknown): void {
    if (this.socket.destroyed) return;
    this.socket.destroy();
    this.onRefused(why, this.remote, cause);
  }
}
