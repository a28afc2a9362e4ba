import { HubError } from '@lianzhen/contracts/errors.ts';
import {
  type JoinClaims,
  type Notice,
  type NoticeName,
  type RoomEntry,
  type RoomSnapshot,
  waitsInLobby,
} from '@lianzhen/contracts/room-signals.ts';
import { authorColours, emptyView } from '@lianzhen/contracts/shared-view.ts';
import { type EntryLog, openEntryLog } from './entry-log.ts';
import type { KeptRoom } from './kept-room.ts';
import { type Line, Peer, type Telling } from './peer.ts';
import type { RoomDeps } from './room-deps.ts';
import { entryFor, found, lobbyOf, nextLead, sidesHaveMet, unlessRefused } from './room-rules.ts';
import { openStreams, type RoomStreams } from './room-streams.ts';
import { openTape, type RoomTape } from './room-tape.ts';
import { openSharedPicture, type SharedPicture } from './shared-picture.ts';
import * as store from './store.ts';

type CloseReason = Notice<'closed'>['reason'];
/** Entries that somebody who comes in gets at once; he asks for older ones. */
const mostRecent = 200;

/**
 * One consultation's room: its people, who waits, what they look at and say. Who calls it has checked the shape of what is
 * asked; whether it is allowed is decided here. It says once that it has closed.
 */
export class Room {
  readonly id: string;
  readonly endedAt: Date | null;
  readonly log: EntryLog;
  readonly picture: SharedPicture;
  readonly streams: RoomStreams;
  readonly tape: RoomTape;
  readonly #peers = new Map<string, Peer>();
  readonly #waiting = new Map<string, Peer>();
  readonly #removed: Set<string>;
  readonly #recent: RoomEntry[];
  readonly #startedAt: Date;
  readonly #deps: RoomDeps;
  readonly #onClosed: (room: Room) => void;
  #coloursGiven: number;
  #leadId: string | null;
  #isLocked: boolean;
  #hasMet = false;
  #closing: Promise<void> | undefined;

  constructor(deps: RoomDeps, kept: KeptRoom, onClosed: (room: Room) => void) {
    const { row, seats, recent, marks, away } = kept;
    this.id = row.consultationId;
    this.endedAt = row.endedAt;
    this.#deps = deps;
    this.#onClosed = onClosed;
    this.#startedAt = row.openedAt;
    this.#isLocked = row.isLocked;
    this.#leadId = row.leadId;
    this.#recent = recent;
    this.#coloursGiven = seats.length;
    this.#removed = new Set(seats.filter(({ removedAt }) => removedAt).map(({ id }) => id));
    this.log = openEntryLog(
      deps,
      this.id,
      row.lastSeq,
      (entry) => this.#tellEntry(entry),
      () => void this.close('moving'),
    );
    this.picture = openSharedPicture({ view: store.viewOf(row), marks }, deps.times, {
      view: (notice) => this.tellAll('view', notice, { if: (peer) => peer.may('view') && peer.id !== this.#leadId }),
      fact: (fact) => this.log.note(fact, this.lead?.author),
      keep: (view) => this.log.later((tx) => store.saveView(tx, this.id, view)),
    });
    this.tape = openTape(deps, this.id, this.#peers, (isOn, by) => {
      this.tellAll('recording', { isOn });
      this.log.note({ kind: 'recording', isOn }, by.author);
    });
    const lost = (peer: Peer) => {
      peer.loseMedia();
      if (this.isIn(peer)) this.#await(peer, true);
    };
    this.streams = openStreams(deps, this.#peers, lost, (from, producer) => this.tape.add(from, producer));
    if (kept.isRecorded) void this.tape.goOn().catch(() => this.close('moving'));
    for (const seat of away) this.#await(new Peer(seat.claims, seat.row, deps.clock.now()), seat.wasHere);
  }

  get isLocked(): boolean {
    return this.#isLocked;
  }
  get isClosed(): boolean {
    return this.#closing !== undefined;
  }
  /** Who waits and who is in, those among them whose network is gone too. */
  get people(): Peer[] {
    return [...this.#waiting.values(), ...this.#peers.values()];
  }
  get lead(): Peer | undefined {
    return this.#leadId === null ? undefined : this.#peers.get(this.#leadId);
  }
  get now(): Date {
    return this.#deps.clock.now();
  }
  nextColour(): string {
    return authorColours[this.#coloursGiven++ % authorColours.length] ?? '#ffffff';
  }

  /** Somebody who is in, or who waits. @throws `not-found` */
  peer(peerId: string): Peer {
    return found(this.#peers.get(peerId));
  }
  waiting(peerId: string): Peer {
    return found(this.#waiting.get(peerId));
  }
  isIn(peer: Peer): boolean {
    return this.#peers.get(peer.id) === peer;
  }

  tellAll<N extends NoticeName>(
    name: N,
    notice: Notice<N>,
    { except, if: may, isVolatile = false }: Telling = {},
  ): void {
    for (const peer of this.#peers.values())
      if (peer !== except && may?.(peer) !== false) peer.tell(name, notice, isVolatile);
  }
  tellChanged(peer: Peer): void {
    if (this.isIn(peer)) this.tellAll('peerChanged', peer.view());
  }
  tellLobby(): void {
    this.tellAll('lobby', lobbyOf([...this.#waiting.values()]), { if: (peer) => peer.may('admit') });
  }

  /** Seats somebody whose right to come in has been checked. `mediaKept` where he goes on with his streams. */
  seat(claims: JoinClaims, row: store.SeatRow, line: Line, keepsMedia: boolean): { peer: Peer; mediaKept: boolean } {
    if (this.#closing) throw new HubError('unavailable', { part: 'room' });
    if (this.#removed.has(row.id)) throw new HubError('forbidden', { reason: 'removed' });
    const known = this.#peers.get(row.id) ?? this.#waiting.get(row.id);
    const peer = known ?? new Peer(claims, row, this.now);
    const wasHere = peer.isHere;
    peer.claims = claims;
    peer.attach(line, this.now);
    if (this.isIn(peer)) {
      const mediaKept = keepsMedia && peer.media !== undefined;
      if (!mediaKept) peer.closeMedia();
      if (!wasHere)
        this.log.note({ kind: 'back' }, peer.author, (tx) => store.arrive(tx, this.id, row.seatId, this.now));
      this.tellAll('peerChanged', peer.view(), { except: peer });
      return { peer, mediaKept };
    }
    if (waitsInLobby(claims.role) && row.admittedAt === null) {
      this.#waiting.set(peer.id, peer);
      this.tellLobby();
    } else this.#enter(peer);
    return { peer, mediaKept: false };
  }
  admit(peer: Peer): void {
    this.#waiting.delete(peer.id);
    this.#enter(peer);
    peer.tell('admitted', this.snapshot(peer, 0));
    this.tellLobby();
  }

  #enter(peer: Peer): void {
    const { now } = this;
    this.#peers.set(peer.id, peer);
    this.tellAll('peerJoined', peer.view(), { except: peer });
    this.log.note({ kind: 'joined', role: peer.claims.role }, peer.author, async (tx) => {
      await store.changeSeat(tx, peer.id, { admittedAt: now });
      await store.arrive(tx, this.id, peer.claims.seatId, now);
    });
    if (peer.may('admit') && this.#waiting.size > 0) setImmediate(() => this.tellLobby());
    if (this.#hasMet || !sidesHaveMet([...this.#peers.values()])) return;
    this.#hasMet = true;
    this.log.later(() => this.#deps.facts.sessionStarted(this.id, now).catch(unlessRefused));
  }

  /** The socket of somebody is gone. His seat is kept for a while, a place in the lobby is not. */
  lost(peer: Peer, line: Line): void {
    if (!peer.isOn(line)) return;
    if (this.isIn(peer)) this.#await(peer, true);
    else this.leave(peer, 'left');
  }
  #await(peer: Peer, wasHere: boolean): void {
    this.#peers.set(peer.id, peer);
    peer.detach(this.now, this.#deps.times.awayMs, () => this.leave(peer, 'timeout'));
    this.tellAll('peerChanged', peer.view());
    const { now } = this;
    if (wasHere)
      this.log.note({ kind: 'away' }, peer.author, (tx) => store.depart(tx, this.id, peer.claims.seatId, now));
  }

  /** For good: the seat is free, and what belonged to it goes on to others. */
  leave(peer: Peer, reason: string, closed: Notice<'closed'> = { reason: 'left', text: '' }): void {
    const { now } = this;
    const wasIn = this.isIn(peer);
    if (!wasIn && this.#waiting.get(peer.id) !== peer) return;
    this.#peers.delete(peer.id);
    this.#waiting.delete(peer.id);
    peer.close(closed);
    const free = async (tx: Parameters<typeof store.depart>[0]) => {
      await store.depart(tx, this.id, peer.claims.seatId, now);
      await store.changeSeat(tx, peer.id, { leftAt: now, hasHandUp: false });
    };
    if (wasIn) this.log.note({ kind: 'left', reason }, peer.author, free);
    else this.log.later(free);
    if (wasIn) this.tellAll('peerLeft', { peerId: peer.id, reason });
    else this.tellLobby();
    if (this.#leadId === peer.id) this.setLead(nextLead([...this.#peers.values()]));
    this.closeIfEmpty();
  }
  /** The seat does not come back with its token either. */
  async remove(peer: Peer, text: string): Promise<void> {
    this.#removed.add(peer.id);
    await store.changeSeat(this.#deps.db, peer.id, { removedAt: this.now });
    this.leave(peer, 'removed', { reason: 'removed', text });
  }

  setLead(peer: Peer | undefined): void {
    if (this.#leadId === (peer?.id ?? null)) return;
    // What was changed under the one before is told as his.
    this.picture.view();
    this.#leadId = peer?.id ?? null;
    this.tellAll('lead', { leadPeerId: this.#leadId });
    const leadId = this.#leadId;
    this.log.note({ kind: 'lead', toSeatId: peer?.claims.seatId ?? null }, peer?.author, (tx) =>
      store.changeRoom(tx, this.id, { leadId }),
    );
  }
  lock(isLocked: boolean, by: Peer): void {
    if (this.#isLocked === isLocked) return;
    this.#isLocked = isLocked;
    this.tellAll('locked', { isLocked });
    this.log.note({ kind: 'locked', isLocked }, by.author, (tx) => store.changeRoom(tx, this.id, { isLocked }));
  }

  #tellEntry(entry: RoomEntry): void {
    if (this.#recent.push(entry) > mostRecent) this.#recent.shift();
    for (const peer of this.#peers.values()) peer.tell('entry', entryFor(peer, entry));
  }

  snapshot(you: Peer, afterSeq: number): RoomSnapshot {
    const maySee = you.may('view');
    return {
      consultationId: this.id,
      you: you.view(),
      peers: [...this.#peers.values()].filter((peer) => peer !== you).map((peer) => peer.view()),
      isLocked: this.#isLocked,
      isRecording: this.tape.isOn,
      leadPeerId: this.#leadId,
      view: maySee ? this.picture.view() : emptyView,
      marks: maySee ? this.picture.marks() : [],
      lastSeq: this.log.lastSeq,
      entries: this.#recent.filter(({ seq }) => seq > afterSeq).map((entry) => entryFor(you, entry)),
      startedAt: this.#startedAt.toISOString(),
    };
  }

  /** For everyone, and for the case. Whoever comes in afterwards waits until all of it is written. */
  async end(): Promise<void> {
    const at = this.now;
    await this.#deps.facts.sessionEnded(this.id, at);
    this.#hasMet = false;
    // Nobody takes the lead over while all leave: it would stand in the evidence as a handing over.
    this.#leadId = null;
    for (const peer of this.people) this.leave(peer, 'ended', { reason: 'ended', text: '' });
    // Noted before the room has settled: whoever was the last has closed it by leaving.
    this.log.later(async (tx) => {
      await store.changeRoom(tx, this.id, { endedAt: at, leadId: null, isLocked: false });
      await store.leaveSeats(tx, this.id, at);
    });
    void this.close('ended');
  }
  closeIfEmpty(): void {
    if (this.people.length > 0 || this.isClosed) return;
    const { now } = this;
    // Nobody has said that it is over, but nobody is left either; whoever comes again begins it again.
    if (this.#hasMet) this.log.later(() => this.#deps.facts.sessionEnded(this.id, now).catch(unlessRefused));
    void this.close('left');
  }
  /** Whoever is in is told why; where he comes again, his seat is kept. Done when all is written. */
  close(reason: CloseReason): Promise<void> {
    this.#closing ??= this.#close(reason);
    return this.#closing;
  }
  async #close(reason: CloseReason): Promise<void> {
    this.picture.close();
    const { now } = this;
    const taped = this.tape.close(reason === 'moving');
    for (const peer of this.#peers.values()) {
      if (!peer.isHere) continue;
      this.log.note({ kind: 'away' }, peer.author, (tx) => store.depart(tx, this.id, peer.claims.seatId, now));
    }
    for (const peer of this.people) peer.close({ reason, text: '' });
    this.#peers.clear();
    this.#waiting.clear();
    this.streams.close();
    await taped;
    await this.log.settled();
    this.#onClosed(this);
  }
}
