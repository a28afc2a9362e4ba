import type { RoomFile } from '@lianzhen/contracts/consultation-files.ts';
import {
  mayInRoom,
  type Notice,
  type NoticeName,
  type SignalInput,
  type SignalName,
  type SignalValue,
  Source,
} from '@lianzhen/contracts/room-signals.ts';
import { applyPatch, type Cursor, type Mark, type ViewPatch } from '@lianzhen/contracts/shared-view.ts';
import { applyNotice, enterRoom, isFact } from './apply-notice.ts';
import type { LocalDevices } from './local-devices.ts';
import { MediaSession } from './media-session.ts';
import { RoomError } from './room-error.ts';
import { emptyRoom, type RoomState } from './room-state.ts';
import { RoomWords } from './room-words.ts';
import { type Entered, SeatKeeper, type SeatOptions } from './seat-keeper.ts';

/** How often the room hears what this browser receives; without an answer to it the link counts as dead. */
const reportMs = 2000;
/** Nobody who leaves waits longer for a dead link; the room also learns it from the socket that ends. */
const partingMs = 500;
const nothingReceived = { lossPercent: 0, rttMs: 0, jitterMs: 0, bitrate: 0 };

type Told = { readonly peerId: string; readonly cursor: Cursor };

/**
 * One person's stay in a room, from the ticket to the end: seat, words and media together, told through one state that a
 * page shows. It is begun once and left once.
 */
export class RoomClient {
  #state: RoomState = emptyRoom;
  #session: MediaSession | undefined;
  #clock: number | undefined;
  #isReporting = false;
  #syncing: Promise<void> = Promise.resolve();
  readonly #devices: LocalDevices;
  readonly #seat: SeatKeeper;
  readonly #words: RoomWords;
  readonly #listeners = new Set<() => void>();
  readonly #cursorListeners = new Set<(told: Told) => void>();
  readonly #stopWatching: () => void;

  constructor(options: SeatOptions & { devices: LocalDevices }) {
    this.#devices = options.devices;
    this.#words = new RoomWords((entries, outbox) => this.#change({ entries, outbox }));
    this.#stopWatching = options.devices.subscribe(() => this.#sync());
    this.#seat = new SeatKeeper(options, {
      onPhase: (phase) => this.#change({ phase }),
      onEntered: (entered) => this.#enter(entered),
      onNotice: (name, value) => this.#hear(name, value),
      onOver: () => this.#stop(),
      lastSeq: () => this.#words.lastSeq,
      keepsMedia: () => this.#session?.canGoOn ?? false,
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getSnapshot = (): RoomState => this.#state;

  start(): void {
    this.#clock = window.setInterval(() => void this.#report(), reportMs);
    this.#seat.connect();
  }

  /** For good: the seat is given up. */
  async leave(): Promise<void> {
    const told = this.#quietly('leave', {});
    await Promise.race([told, new Promise((done) => window.setTimeout(done, partingMs))]);
    this.#seat.leave();
  }

  /** The page goes away, and may come back to the same seat. */
  detach(): void {
    this.#seat.close();
    this.#stop();
  }

  /** Asks the room. Rejects with a RoomError. */
  async ask<N extends SignalName>(name: N, input: SignalInput<N>): Promise<SignalValue<N>> {
    const { link } = this.#seat;
    if (!link) throw new RoomError('no-answer');
    return link.ask(name, input);
  }

  /** @param file one that the hub has already */
  readonly say = (text: string, file?: RoomFile): void => this.#words.say(text, file);
  readonly retryWord = (id: string): void => this.#words.retry(id);
  readonly discardWord = (id: string): void => this.#words.discard(id);
  readonly putMuteAskedAway = (): void => this.#change({ muteAskedBy: null });
  readonly putSendProblemAway = (): void => this.#change({ sendProblem: null });

  /** The element that plays it is there: let it flow. */
  play(consumerId: string): void {
    void this.#quietly('resumeConsumer', { consumerId });
  }
  setTile(consumerId: string, width: number): void {
    void this.#quietly('setTile', { consumerId, width });
  }

  async changeView(patch: ViewPatch): Promise<void> {
    const { revision } = await this.ask('changeView', { patch });
    const { view } = this.#state;
    // Changes that reach the room close together become one, and each of them is answered with the same number.
    if (revision > view.revision + 1) this.#seat.comeInAgain();
    else this.#change({ view: { ...applyPatch(view, patch), revision: Math.max(revision, view.revision) } });
  }
  readonly point = (cursor: Cursor): Promise<unknown> => this.ask('point', { cursor });
  readonly mark = (mark: Mark): Promise<unknown> => this.ask('mark', { mark });
  readonly unmark = (id: string): Promise<unknown> => this.ask('unmark', { id });
  readonly takeLead = (): Promise<unknown> => this.ask('takeLead', {});
  readonly onCursor = (listener: (told: Told) => void): (() => void) => {
    this.#cursorListeners.add(listener);
    return () => this.#cursorListeners.delete(listener);
  };

  #enter({ link, joined, room, iceServers }: Entered): void {
    this.#change(enterRoom(this.#state, room));
    this.#words.enter(link, room);
    const known = this.#session;
    if (joined.mediaKept && known && !known.isClosed)
      known.adopt(link).catch((cause: unknown) => this.#failed(known, cause));
    else this.#open({ link, joined, room, iceServers });
    this.#sync();
  }

  #open({ link, joined, iceServers }: Entered): void {
    this.#session?.close();
    const session: MediaSession = new MediaSession({
      ...{ link, iceServers },
      routerRtpCapabilities: joined.routerRtpCapabilities,
      onIncoming: (incoming) => this.#session === session && this.#change({ incoming }),
      onState: (media) => this.#session === session && this.#change({ media }),
      onBroken: () => this.#failed(session),
    });
    this.#session = session;
  }

  /** Media that cannot be mended are made anew with the seat. A link that is gone comes back by itself. */
  #failed(session: MediaSession, cause?: unknown): void {
    if (this.#session !== session || (cause instanceof RoomError && cause.code === 'no-answer')) return;
    session.close();
    this.#seat.comeInAgain();
  }

  #hear<N extends NoticeName>(name: N, value: Notice<N>): void {
    const session = this.#session;
    const told = { name, value } as { [M in NoticeName]: { name: M; value: Notice<M> } }[NoticeName];
    if (told.name === 'newConsumer')
      session?.consume(told.value).catch((cause: unknown) => this.#failed(session, cause));
    if (told.name === 'consumerClosed') session?.drop(told.value.consumerId);
    if (told.name === 'consumerPaused') session?.pause(told.value);
    if (told.name === 'entry') this.#words.hear(told.value);
    if (told.name === 'cursor') for (const listener of this.#cursorListeners) listener(told.value);
    if (!isFact(name)) return;
    const apply = applyNotice[name] as (state: RoomState, notice: Notice<N>) => RoomState | 'gap';
    const next = apply(this.#state, value);
    // Something was lost on a link that loses nothing: only coming in again tells the whole.
    if (next === 'gap') this.#seat.comeInAgain();
    else this.#change(next);
  }

  /** Makes what is sent what the devices give; one after the other, the voice first. */
  #sync(): void {
    const session = this.#session;
    this.#syncing = this.#syncing.then(async () => {
      for (const source of Source.options) if (session && this.#session === session) await this.#send(session, source);
    });
  }

  async #send(session: MediaSession, source: Source): Promise<void> {
    const { tracks, isMuted } = this.#devices.getSnapshot();
    const role = this.#state.you?.role;
    if (!role || !mayInRoom(role, source === 'screen' ? 'shareScreen' : 'speak')) return;
    try {
      await session.send(source, tracks[source], source === 'microphone' && isMuted);
    } catch (cause) {
      const code = cause instanceof RoomError ? cause.code : 'internal';
      if (code !== 'no-answer' && this.#session === session) this.#change({ sendProblem: { source, code } });
    }
  }

  async #report(): Promise<void> {
    if (this.#isReporting || !this.#seat.link) return;
    this.#isReporting = true;
    const received = await this.#session?.received().catch(() => undefined);
    await this.#quietly('reportReceiving', received ?? nothingReceived);
    this.#isReporting = false;
  }

  /** For what nobody waits for: a link that fails tells so itself, a consumer that is gone needs nothing. */
  async #quietly<N extends SignalName>(name: N, input: SignalInput<N>): Promise<void> {
    try {
      await this.ask(name, input);
    } catch (cause) {
      if (!(cause instanceof RoomError)) throw cause;
    }
  }

  #stop(): void {
    window.clearInterval(this.#clock);
    this.#stopWatching();
    this.#words.close();
    this.#session?.close();
    this.#session = undefined;
  }

  #change(part: Partial<RoomState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }
}
