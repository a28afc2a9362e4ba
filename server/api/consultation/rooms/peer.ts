import { HubError } from '@lianzhen/contracts/errors.ts';
import type { JoinClaims, Notice, NoticeName, PeerView, ReceivingStep } from '@lianzhen/contracts/room-signals.ts';
import { mayInRoom, type RoomAct } from '@lianzhen/contracts/room-signals.ts';
import type { PeerMedia, RtpCapabilities } from '../media/media-shapes.ts';
import type { Author } from './entry-log.ts';
import { atMost, firstStep, type LinkSample, nextStep, nextUnheard, type StepHistory } from './next-step.ts';
import type { SeatRow } from './store.ts';

/** The socket of somebody. What is said volatile may be lost on the way. */
export interface Line {
  tell<N extends NoticeName>(name: N, notice: Notice<N>, isVolatile?: boolean): void;
  close(): void;
}

/** Whom a notice concerns; everyone where nothing is said. */
export interface Telling {
  except?: Peer;
  if?: (peer: Peer) => boolean;
  isVolatile?: boolean;
}

/** Somebody in a room, whether his network is there or not: a seat, its line, and its media. */
export class Peer {
  readonly id: string;
  readonly colour: string;
  claims: JoinClaims;
  hasHandUp: boolean;
  /** Since when he is here, waits or is away. */
  since: Date;
  capabilities: RtpCapabilities | undefined;
  #line: Line | undefined;
  #media: PeerMedia | undefined;
  #opening: Promise<PeerMedia> | undefined;
  #awayTimer: NodeJS.Timeout | undefined;
  #history: StepHistory | undefined;
  #most: ReceivingStep = 'full';
  #isClosed = false;

  constructor(claims: JoinClaims, seat: Pick<SeatRow, 'id' | 'colour' | 'hasHandUp'>, since: Date) {
    this.claims = claims;
    this.id = seat.id;
    this.colour = seat.colour;
    this.hasHandUp = seat.hasHandUp;
    this.since = since;
  }

  get author(): Author {
    return { peerId: this.id, seatId: this.claims.seatId, name: this.claims.name };
  }
  get isHere(): boolean {
    return this.#line !== undefined;
  }
  get media(): PeerMedia | undefined {
    return this.#media;
  }
  /** What he gets: what his link bears, and no more than he wants. */
  get step(): ReceivingStep {
    return atMost(this.#history?.step ?? 'full', this.#most);
  }

  may(act: RoomAct): boolean {
    return mayInRoom(this.claims.role, act);
  }
  /** @throws `forbidden` */
  require(act: RoomAct): void {
    if (!this.may(act)) throw new HubError('forbidden', { act });
  }

  isOn(line: Line): boolean {
    return this.#line === line;
  }
  /** Takes the seat over; whoever held it is told. */
  attach(line: Line, now: Date): void {
    clearTimeout(this.#awayTimer);
    this.#hangUp({ reason: 'replaced', text: '' });
    this.#line = line;
    this.since = now;
  }
  /** The seat is kept for so long. */
  detach(now: Date, awayMs: number, onGone: () => void): void {
    this.#line = undefined;
    this.since = now;
    clearTimeout(this.#awayTimer);
    this.#awayTimer = setTimeout(onGone, awayMs);
  }
  tell<N extends NoticeName>(name: N, notice: Notice<N>, isVolatile = false): void {
    this.#line?.tell(name, notice, isVolatile);
  }
  #hangUp(notice: Notice<'closed'>): void {
    const line = this.#line;
    this.#line = undefined;
    line?.tell('closed', notice);
    line?.close();
  }

  /** His place among the streams, made when it is first needed; both who ask at once get the same. */
  openMedia(open: () => Promise<PeerMedia>): Promise<PeerMedia> {
    if (this.#opening) return this.#opening;
    const opening = open().then((media) => {
      if (this.#opening !== opening) {
        media.close();
        throw new HubError('wrong-state', { part: 'media' });
      }
      this.#media = media;
      if (this.capabilities) media.setCapabilities(this.capabilities);
      media.setStep(this.step);
      return media;
    });
    this.#opening = opening;
    opening.catch(() => {
      if (this.#opening === opening) this.#opening = undefined;
    });
    return opening;
  }
  closeMedia(): void {
    this.#media?.close();
    this.#media = undefined;
    // One that is still being opened finds that nobody waits for it, and closes.
    this.#opening = undefined;
  }
  /** The worker below died: whoever is on the line comes again at once. */
  loseMedia(): void {
    this.#media = undefined;
    this.#opening = undefined;
    this.#hangUp({ reason: 'media-lost', text: '' });
  }

  /** @returns whether the step that everyone sees has changed */
  measured(sample: LinkSample): boolean {
    const before = this.view();
    this.#history = nextStep(this.#history ?? firstStep(sample.at), sample);
    return this.#stepped(before);
  }
  /** Looked at from here, in milliseconds of the samples' clock. @returns whether the step has changed */
  looked(at: number): boolean {
    if (!this.#media) return false;
    const before = this.view();
    this.#history = nextUnheard(this.#history ?? firstStep(at), at, this.#media.available());
    return this.#stepped(before);
  }
  choose(most: ReceivingStep): boolean {
    const before = this.view();
    this.#most = most;
    return this.#stepped(before);
  }
  #stepped(before: PeerView): boolean {
    this.#media?.setStep(this.step);
    const now = this.view();
    return now.step !== before.step || now.stepReason !== before.stepReason;
  }

  view(): PeerView {
    const { seatId, name, facilityName, role } = this.claims;
    const { step: bearable = 'full', reason = 'good' } = this.#history ?? {};
    const sources = this.#media?.producers() ?? [];
    return {
      peerId: this.id,
      seatId,
      name,
      facilityName,
      role,
      colour: this.colour,
      hasHandUp: this.hasHandUp,
      presence: this.isHere ? 'here' : 'away',
      sources: sources.map(({ producer, source }) => ({
        producerId: producer.id,
        source,
        isPaused: producer.paused,
      })),
      step: this.step,
      stepReason: this.isHere ? (this.step === bearable ? reason : 'chosen') : 'connection',
    };
  }

  close(notice: Notice<'closed'>): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#awayTimer);
    this.closeMedia();
    this.#hangUp(notice);
  }
}
