import type { Notice, NoticeName, RoomSnapshot, SignalValue } from '@lianzhen/contracts/room-signals.ts';
import { type Link, type LinkEvent, stepLink } from './link-machine.ts';
import { RoomError } from './room-error.ts';
import type { EndReason, Phase, RoomTicket } from './room-state.ts';
import { type DownReason, SignalLink } from './signal-link.ts';

/** Where the secret of one's seat is kept, so that a page loaded again takes the same one. */
export interface SeatMemory {
  read: () => string | null;
  write: (secret: string | null) => void;
}

export interface SeatOptions {
  ticket: RoomTicket;
  /**
   * Another ticket, or why there is none. `unlessKept`: the hub knows nobody here any more, and only a seat that the room
   * still keeps leads on. Rejects when the hub cannot be asked now.
   */
  renew: () => Promise<RoomTicket | { over: EndReason; text: string } | { unlessKept: EndReason }>;
  seat: SeatMemory;
}

export interface Entered {
  link: SignalLink;
  joined: SignalValue<'join'>;
  room: RoomSnapshot;
  iceServers: RoomTicket['iceServers'];
}

interface SeatListener {
  onPhase: (phase: Phase) => void;
  /** One is in, or in again: the room as it is now. */
  onEntered: (entered: Entered) => void;
  onNotice: <N extends NoticeName>(name: N, value: Notice<N>) => void;
  onOver: () => void;
  /** The last entry known, when one comes back. */
  lastSeq: () => number;
  /** Whether this browser still has its transports. */
  keepsMedia: () => boolean;
}

/** Keeps one's seat in a room over however many sockets it takes, from the first to the room's good-bye. */
export class SeatKeeper {
  #state: Link = { phase: { name: 'connecting' }, attempt: 0 };
  #ticket: RoomTicket;
  #link: SignalLink | undefined;
  #joined: SignalValue<'join'> | undefined;
  #retry: number | undefined;
  readonly #options: SeatOptions;
  readonly #listener: SeatListener;
  readonly #onOnline = () => this.#hurry();

  constructor(options: SeatOptions, listener: SeatListener) {
    this.#options = options;
    this.#ticket = options.ticket;
    this.#listener = listener;
    window.addEventListener('online', this.#onOnline);
  }

  /** The link while one is in; undefined while nothing can be asked. */
  get link(): SignalLink | undefined {
    return this.#state.phase.name === 'in' ? this.#link : undefined;
  }

  connect(): void {
    this.#retry = undefined;
    this.#link?.close();
    const link: SignalLink = new SignalLink(this.#ticket, this.#options.seat.read(), {
      onUp: () => void this.#join(link),
      onNotice: (name, value) => {
        if (this.#link === link) this.#hear(link, name, value);
      },
      onDown: (why) => {
        if (this.#link === link) this.#down(why);
      },
    });
    this.#link = link;
  }

  /** What is known of the room, or of its media, is not right any more: come in again. */
  comeInAgain(): void {
    this.#link?.close();
    this.#down('lost');
  }

  leave(): void {
    this.#step({ kind: 'left' });
  }

  /** Lets go of the link. The seat is not given up. */
  close(): void {
    window.clearTimeout(this.#retry);
    window.removeEventListener('online', this.#onOnline);
    this.#link?.close();
  }

  async #join(link: SignalLink): Promise<void> {
    const { seat } = this.#options;
    const resumeSecret = seat.read() ?? undefined;
    try {
      const afterSeq = this.#listener.lastSeq();
      const keepsMedia = this.#listener.keepsMedia();
      const joined = await link.ask('join', { ...(resumeSecret ? { resumeSecret } : {}), afterSeq, keepsMedia });
      if (this.#link !== link) return;
      this.#joined = joined;
      seat.write(joined.resumeSecret);
      this.#step({ kind: 'joined', admission: joined.admission });
      if (joined.room) this.#enter(link, joined, joined.room);
    } catch (cause) {
      if (!(cause instanceof RoomError)) throw cause;
      // Without an answer the link has told so itself.
      if (cause.code === 'no-answer' || cause.code === 'misunderstood' || this.#link !== link) return;
      link.close();
      this.#refused(cause);
    }
  }

  #refused({ code, details }: RoomError): void {
    if (code === 'wrong-state') this.#step({ kind: 'denied', reason: 'ended', text: '' });
    else if (code === 'forbidden') {
      const reason = details.reason === 'removed' || details.reason === 'locked' ? details.reason : 'refused';
      this.#step({ kind: 'denied', reason, text: '' });
    } else if (details.reason === 'logged-out') this.#step({ kind: 'denied', reason: 'logged-out', text: '' });
    else this.#down(code === 'unauthenticated' ? 'stale-ticket' : 'lost');
  }

  #enter(link: SignalLink, joined: SignalValue<'join'>, room: RoomSnapshot): void {
    const iceServers = joined.iceServers.length ? joined.iceServers : this.#ticket.iceServers;
    this.#listener.onEntered({ link, joined, room, iceServers });
  }

  #hear<N extends NoticeName>(link: SignalLink, name: N, value: Notice<N>): void {
    if (name === 'admitted' && this.#joined) {
      this.#step({ kind: 'admitted' });
      this.#enter(link, this.#joined, value as RoomSnapshot);
    } else if (name === 'closed') {
      const closed = value as Notice<'closed'>;
      if (closed.reason !== 'media-lost' && closed.reason !== 'moving') this.#options.seat.write(null);
      link.close();
      this.#step({ kind: 'closed', ...closed, at: Date.now() });
    } else {
      this.#listener.onNotice(name, value);
    }
  }

  #down(why: DownReason): void {
    if (why === 'misunderstood') this.#step({ kind: 'denied', reason: 'failed', text: '' });
    else this.#step({ kind: why, at: Date.now() });
  }

  #step(event: LinkEvent): void {
    const [state, step] = stepLink(this.#state, event, Math.random());
    this.#state = state;
    this.#listener.onPhase(state.phase);
    if (step.do === 'nothing') return;
    window.clearTimeout(this.#retry);
    if (step.do === 'stop') {
      this.close();
      this.#listener.onOver();
      return;
    }
    const next = () => void (step.withNewTicket ? this.#renew() : this.connect());
    this.#retry = window.setTimeout(next, step.inMs);
  }

  async #renew(): Promise<void> {
    this.#retry = undefined;
    try {
      const ticket = await this.#options.renew();
      if ('over' in ticket) {
        this.#step({ kind: 'denied', reason: ticket.over, text: ticket.text });
        return;
      }
      if ('unlessKept' in ticket) this.#step({ kind: 'lapsed', reason: ticket.unlessKept });
      else {
        this.#ticket = ticket;
        this.#step({ kind: 'renewed' });
      }
    } catch {
      // The hub cannot be asked now; the old ticket may still open the door.
    }
    if (this.#state.phase.name !== 'over') this.connect();
  }

  /** The machine is on a network again: nobody waits for the end of a pause. */
  #hurry(): void {
    if (this.#retry === undefined) return;
    window.clearTimeout(this.#retry);
    void this.#renew();
  }
}
