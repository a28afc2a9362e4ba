import { z } from 'zod';
import { RoomFile } from './consultation-files.ts';
import { Id, Instant, Line, Text } from './fields.ts';
import { Cursor, Mark, PlacedMark, SharedView, ViewPatch } from './shared-view.ts';

/**
 * The one table of what a browser and a room say to each other. A signal is asked by the browser and answered; a notice
 * is told by the room. The socket is socket.io's, at `roomSocketPath(node)`, with the join token as `auth.token`, the seat's
 * `resumeSecret` (where there is one, so that a token that ended meanwhile is still good) as `auth.resumeSecret`, and
 * `zh` or `en` as `auth.language`. A refused socket gets `connect_error` with a Problem as its `data`.
 */
export const roomSocketPath = (nodeId: string): string => `/media/${nodeId}/socket.io`;

export const SeatRole = z.enum(['chair', 'expert', 'requester', 'observer', 'patient', 'guest']);
export type SeatRole = z.infer<typeof SeatRole>;

/** Who may do what in a room. What is not listed is refused. */
export const roomPolicy = {
  speak: ['chair', 'expert', 'requester', 'patient', 'guest'],
  shareScreen: ['chair', 'expert', 'requester'],
  admit: ['chair', 'expert', 'requester'],
  remove: ['chair', 'expert'],
  lock: ['chair', 'expert'],
  askMute: ['chair', 'expert', 'requester'],
  lead: ['chair', 'expert', 'requester'],
  mark: ['chair', 'expert', 'requester'],
  chat: ['chair', 'expert', 'requester', 'observer', 'patient', 'guest'],
  /** Images are patient data: people of the linked facilities see them, the patient beside them and guests do not load them. */
  view: ['chair', 'expert', 'requester', 'observer'],
  record: ['chair', 'expert', 'requester'],
  end: ['chair', 'expert'],
} as const satisfies Record<string, readonly SeatRole[]>;
export type RoomAct = keyof typeof roomPolicy;
export const mayInRoom = (role: SeatRole, act: RoomAct): boolean =>
  (roomPolicy[act] as readonly SeatRole[]).includes(role);
/** Who waits until someone lets him in. */
export const waitsInLobby = (role: SeatRole): boolean => role === 'patient' || role === 'guest';

/** What the signed join token says: who sits where, until when. Claims beside `exp`, `iat` and `jti`. */
export const JoinClaims = z.object({
  consultationId: Id,
  /** The media node that holds the room. */
  nodeId: z.string().regex(/^[a-z0-9-]{1,40}$/),
  /** A person's account, or null for a guest, who is known by `seatId` alone. */
  accountId: Id.nullable(),
  /** The same for the same person in the same room, however often he comes back. */
  seatId: Id,
  role: SeatRole,
  name: z.string().max(80),
  facilityName: z.string().max(80),
});
export type JoinClaims = z.infer<typeof JoinClaims>;

export const Source = z.enum(['microphone', 'camera', 'examination', 'screen']);
export type Source = z.infer<typeof Source>;

/** How much of the pictures somebody gets, from all to nothing. */
export const ReceivingStep = z.enum(['full', 'thumbnails', 'stills', 'audio']);
export type ReceivingStep = z.infer<typeof ReceivingStep>;

/** mediasoup's own structures pass through: mediasoup checks them, their size is bounded here. */
const Passed = z.record(z.string(), z.unknown()).refine((value) => JSON.stringify(value).length <= 40_000, 'too-large');

export const PeerView = z.object({
  peerId: Id,
  seatId: Id,
  name: z.string(),
  facilityName: z.string(),
  role: SeatRole,
  colour: z.string(),
  hasHandUp: z.boolean(),
  /** Away: the network is gone and the seat is kept. */
  presence: z.enum(['here', 'away']),
  sources: z.array(z.object({ producerId: z.string(), source: Source, isPaused: z.boolean() })),
  step: ReceivingStep,
  /** Why the step is what it is: a code the page has words for. */
  stepReason: z.enum(['good', 'loss', 'delay', 'bandwidth', 'chosen', 'connection']),
});
export type PeerView = z.infer<typeof PeerView>;

/** What is kept with the case, numbered without a gap; what a browser missed is asked for by number. */
export const RoomEntry = z.object({
  seq: z.number().int().min(1),
  at: Instant,
  peerId: Id.nullable(),
  seatId: Id.nullable(),
  name: z.string(),
  what: z.discriminatedUnion('kind', [
    /** With a file the text may be empty. */
    z.object({ kind: z.literal('chat'), id: Id, text: z.string(), file: RoomFile.optional() }),
    z.object({ kind: z.literal('joined'), role: SeatRole }),
    z.object({ kind: z.literal('left'), reason: z.string() }),
    z.object({ kind: z.literal('away') }),
    z.object({ kind: z.literal('back') }),
    z.object({ kind: z.literal('lead'), toSeatId: Id.nullable() }),
    z.object({ kind: z.literal('opened'), studyUid: z.string() }),
    z.object({
      kind: z.literal('looked'),
      studyUid: z.string(),
      seriesUid: z.string(),
      sopInstanceUid: z.string(),
      frame: z.number(),
    }),
    z.object({ kind: z.literal('marked'), mark: Mark }),
    z.object({ kind: z.literal('unmarked'), id: Id }),
    z.object({ kind: z.literal('locked'), isLocked: z.boolean() }),
    z.object({ kind: z.literal('recording'), isOn: z.boolean() }),
    z.object({ kind: z.literal('opinion'), versionNumber: z.number().int() }),
  ]),
});
export type RoomEntry = z.infer<typeof RoomEntry>;
export type RoomFact = RoomEntry['what'];

/** All that somebody who comes in needs, at once. */
export const RoomSnapshot = z.object({
  consultationId: Id,
  you: PeerView,
  peers: z.array(PeerView),
  isLocked: z.boolean(),
  isRecording: z.boolean(),
  leadPeerId: Id.nullable(),
  view: SharedView,
  marks: z.array(PlacedMark),
  /** Number of the last entry, and the last entries. */
  lastSeq: z.number().int().min(0),
  entries: z.array(RoomEntry),
  startedAt: Instant,
});
export type RoomSnapshot = z.infer<typeof RoomSnapshot>;

const Nothing = z.object({});
const PeerId = z.object({ peerId: Id });
const TransportId = z.string().min(1).max(80);
const signal = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });

export const IceServer = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
});

/** Asked by the browser. Each answer is `{ ok: true, value }` or `{ ok: false, error: Problem }`. */
export const signals = {
  /** The first one. `resumeSecret` from an earlier answer takes the same seat back, with all that belonged to it. */
  join: signal(
    z.object({
      resumeSecret: z.string().max(100).optional(),
      afterSeq: z.number().int().min(0).default(0),
      /** Only the socket was lost: the browser still has its transports. Without it, media begin anew. */
      keepsMedia: z.boolean().default(false),
    }),
    z.object({
      admission: z.enum(['in', 'lobby']),
      peerId: Id,
      resumeSecret: z.string(),
      routerRtpCapabilities: Passed,
      iceServers: z.array(IceServer),
      /** Null in the lobby; it comes with the notice `admitted`. */
      room: RoomSnapshot.nullable(),
      /**
       * The transports, producers and consumers of before are still there. Each consumer is told again as `newConsumer`;
       * one the browser has and is not told of is closed.
       */
      mediaKept: z.boolean().default(false),
    }),
  ),
  leave: signal(Nothing, Nothing),
  capabilities: signal(z.object({ rtpCapabilities: Passed }), Nothing),
  createTransport: signal(
    z.object({ direction: z.enum(['send', 'receive']) }),
    z.object({ id: TransportId, iceParameters: Passed, iceCandidates: z.array(Passed), dtlsParameters: Passed }),
  ),
  connectTransport: signal(z.object({ transportId: TransportId, dtlsParameters: Passed }), Nothing),
  restartIce: signal(z.object({ transportId: TransportId }), z.object({ iceParameters: Passed })),
  /** Idempotent: the same request again answers the same producer. One producer for each source. */
  produce: signal(
    z.object({
      requestId: Id,
      transportId: TransportId,
      source: Source,
      kind: z.enum(['audio', 'video']),
      rtpParameters: Passed,
    }),
    z.object({ producerId: z.string() }),
  ),
  pauseProducer: signal(z.object({ producerId: z.string().max(80), isPaused: z.boolean() }), Nothing),
  closeProducer: signal(z.object({ producerId: z.string().max(80) }), Nothing),
  /** Consumers start paused; the browser says when it is ready to play one. */
  resumeConsumer: signal(z.object({ consumerId: z.string().max(80) }), Nothing),
  /** How large the tile is, in device pixels; 0 is out of sight. */
  setTile: signal(z.object({ consumerId: z.string().max(80), width: z.number().int().min(0).max(8192) }), Nothing),
  /** What the browser measured of its receiving in the last seconds; the room decides the step. */
  reportReceiving: signal(
    z.object({
      lossPercent: z.number().min(0).max(100),
      rttMs: z.number().min(0).max(60_000),
      jitterMs: z.number().min(0).max(60_000),
      bitrate: z.number().min(0).max(1e10),
    }),
    z.object({ step: ReceivingStep }),
  ),
  /** The most somebody wants to get. */
  chooseStep: signal(z.object({ most: ReceivingStep }), Nothing),
  admit: signal(PeerId, Nothing),
  refuse: signal(PeerId.extend({ reason: Line(200) }), Nothing),
  remove: signal(PeerId.extend({ reason: Line(200) }), Nothing),
  askMute: signal(PeerId, Nothing),
  lock: signal(z.object({ isLocked: z.boolean() }), Nothing),
  raiseHand: signal(z.object({ isUp: z.boolean() }), Nothing),
  /** Idempotent on `id`, which the browser made: sent again after a broken link it is the same entry. */
  chat: signal(
    z
      .object({
        id: Id,
        text: Text(2000).default(''),
        /** One of his own, sent before (contracts/consultation-files.ts). */
        fileId: Id.optional(),
      })
      .refine(({ text, fileId }) => fileId !== undefined || text.trim() !== '', { path: ['text'], error: 'required' }),
    z.object({ seq: z.number().int() }),
  ),
  missed: signal(
    z.object({ afterSeq: z.number().int().min(0) }),
    z.object({ entries: z.array(RoomEntry), isWhole: z.boolean() }),
  ),
  takeLead: signal(Nothing, Nothing),
  giveLead: signal(PeerId, Nothing),
  /** From the one who leads; answered with the revision that came of it. */
  changeView: signal(z.object({ patch: ViewPatch }), z.object({ revision: z.number().int() })),
  point: signal(z.object({ cursor: Cursor }), Nothing),
  mark: signal(z.object({ mark: Mark }), Nothing),
  /** One's own marks, or anybody's for the chair. */
  unmark: signal(z.object({ id: Id }), Nothing),
  record: signal(z.object({ isOn: z.boolean(), consentNote: Text(500).default('') }), Nothing),
  /** For everyone: the session is over. */
  end: signal(Nothing, Nothing),
} as const;
export type SignalName = keyof typeof signals;
export type SignalInput<N extends SignalName> = z.input<(typeof signals)[N]['input']>;
export type SignalValue<N extends SignalName> = z.output<(typeof signals)[N]['output']>;

/** Told by the room. */
export const notices = {
  admitted: RoomSnapshot,
  /** To those who may admit: who waits. */
  lobby: z.array(z.object({ peerId: Id, name: z.string(), role: SeatRole, since: Instant })),
  peerJoined: PeerView,
  peerChanged: PeerView,
  peerLeft: PeerId.extend({ reason: z.string() }),
  newConsumer: z.object({
    consumerId: z.string(),
    producerId: z.string(),
    peerId: Id,
    source: Source,
    kind: z.enum(['audio', 'video']),
    rtpParameters: Passed,
  }),
  consumerClosed: z.object({ consumerId: z.string() }),
  /** Paused by the sender, or by the room because of the step. */
  consumerPaused: z.object({ consumerId: z.string(), isPaused: z.boolean(), by: z.enum(['sender', 'step']) }),
  speakers: z.array(PeerId.extend({ level: z.number() })),
  entry: RoomEntry,
  lead: z.object({ leadPeerId: Id.nullable() }),
  view: z.object({ revision: z.number().int(), patch: ViewPatch }),
  cursor: PeerId.extend({ cursor: Cursor }),
  marked: PlacedMark,
  unmarked: z.object({ id: Id }),
  locked: z.object({ isLocked: z.boolean() }),
  recording: z.object({ isOn: z.boolean() }),
  muteAsked: z.object({ byName: z.string() }),
  /** The last one on this socket. `media-lost` and `moving`: join again at once; the others are final. */
  closed: z.object({
    reason: z.enum(['left', 'removed', 'refused', 'ended', 'replaced', 'expired', 'media-lost', 'moving']),
    text: z.string().default(''),
  }),
} as const;
export type NoticeName = keyof typeof notices;
export type Notice<N extends NoticeName> = z.output<(typeof notices)[N]>;
