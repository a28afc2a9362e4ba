import {
  type Notice,
  type NoticeName,
  notices,
  type SignalInput,
  type SignalName,
  type SignalValue,
  signals,
} from '@lianzhen/contracts/room-signals.ts';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { RoomError, roomErrorOf } from './room-error.ts';
import type { RoomTicket } from './room-state.ts';

/** A slow link carries a signal within this; what takes longer is not waited for. */
const answerMs = 15_000;
/** While something is asked, a live link is not silent for so long, however slow it is. */
const silentMs = 7000;
const lookMs = 1000;
const connectMs = 4000;

const Answer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.unknown() }),
]);

/** Why a link is of no use any more. A notice or an answer that nobody here understands is `misunderstood`. */
export type DownReason = 'lost' | 'stale-ticket' | 'misunderstood';

export interface LinkListener {
  onUp: () => void;
  onNotice: <N extends NoticeName>(name: N, value: Notice<N>) => void;
  /** Once, and the last call. */
  onDown: (why: DownReason) => void;
}

/** One socket to a room, from its making to its loss. It never makes another one: when to try again is not its matter. */
export class SignalLink {
  readonly #socket: Socket;
  readonly #listener: LinkListener;
  #isDown = false;
  #asked = 0;
  #heardAt = 0;
  #lookedAt = 0;
  readonly #clock: number;

  /** @param resumeSecret of the seat that one has; with it an expired ticket still opens the door */
  constructor(ticket: RoomTicket, resumeSecret: string | null, listener: LinkListener) {
    this.#listener = listener;
    this.#socket = io({
      path: ticket.socketPath,
      auth: {
        token: ticket.token,
        language: document.documentElement.lang.startsWith('en') ? 'en' : 'zh',
        ...(resumeSecret === null ? {} : { resumeSecret }),
      },
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      timeout: connectMs,
      forceNew: true,
      reconnection: false,
    });
    this.#clock = window.setInterval(() => this.#look(), lookMs);
    this.#socket.on('connect', () => {
      this.#socket.io.engine.on('packet', () => {
        this.#heardAt = performance.now();
      });
      listener.onUp();
    });
    this.#socket.on('disconnect', () => this.#down('lost'));
    this.#socket.on('connect_error', (error: Error & { data?: unknown }) => {
      // The gateway says why with a code; a network that fails has none.
      const isRefused = error.data !== undefined && roomErrorOf(error.data).code === 'unauthenticated';
      this.#down(isRefused ? 'stale-ticket' : 'lost');
    });
    for (const name of Object.keys(notices) as NoticeName[])
      this.#socket.on(name, (raw: unknown) => {
        const notice = notices[name].safeParse(raw);
        if (!notice.success) return this.#down('misunderstood');
        listener.onNotice(name, notice.data as Notice<typeof name>);
      });
  }

  /** Asks the room. Rejects with a RoomError; a signal without an answer in time takes the link down. */
  async ask<N extends SignalName>(name: N, input: SignalInput<N>): Promise<SignalValue<N>> {
    if (!this.#socket.connected) throw new RoomError('no-answer');
    let raw: unknown;
    if (this.#asked === 0) this.#heardAt = performance.now();
    this.#asked += 1;
    try {
      raw = await this.#socket.timeout(answerMs).emitWithAck(name, input);
    } catch (cause) {
      this.#down('lost');
      throw new RoomError('no-answer', {}, { cause });
    } finally {
      this.#asked -= 1;
    }
    const answer = Answer.safeParse(raw);
    if (answer.success && !answer.data.ok) throw roomErrorOf(answer.data.error);
    const value = answer.success && answer.data.ok ? signals[name].output.safeParse(answer.data.value) : undefined;
    if (!value?.success) {
      this.#down('misunderstood');
      throw new RoomError('misunderstood', { signal: name });
    }
    return value.data as SignalValue<N>;
  }

  get isUp(): boolean {
    return this.#socket.connected && !this.#isDown;
  }

  /** Without a word to the listener. */
  close(): void {
    this.#isDown = true;
    window.clearInterval(this.#clock);
    this.#socket.disconnect();
  }

  /** A dead network says nothing: the silence is noticed. A page that was held up itself has only not listened. */
  #look(): void {
    const now = performance.now();
    if (now - this.#lookedAt > 3 * lookMs) this.#heardAt = now;
    this.#lookedAt = now;
    if (this.#asked > 0 && this.#socket.connected && now - this.#heardAt > silentMs) this.#down('lost');
  }

  #down(why: DownReason): void {
    if (this.#isDown) return;
    this.close();
    this.#listener.onDown(why);
  }
}
