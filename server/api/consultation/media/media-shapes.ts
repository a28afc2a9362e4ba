import type { Notice, ReceivingStep, Source } from '@lianzhen/contracts/room-signals.ts';
import type {
  AudioLevelObserver,
  DtlsParameters,
  Producer,
  Router,
  RtpCapabilities,
  RtpParameters,
  WebRtcTransport,
} from 'mediasoup/types';
import type { MediaWorker } from './media-worker.ts';

export type { DtlsParameters, Producer, RtpCapabilities, RtpParameters };

/** A room's router on one worker. */
export interface RoomRouter {
  on: MediaWorker;
  router: Router;
  levels: AudioLevelObserver;
}

/** Makes a producer of one router known on another one of the same room. */
export type Reach = (from: RoomRouter, to: RoomRouter, producer: Producer) => Promise<void>;

/** Who speaks, the loudest first: producers and their levels in dBov. */
export type Speakers = { producerId: string; level: number }[];

/** What is said of one person's media. */
export interface PeerMediaWords {
  newConsumer(notice: Omit<Notice<'newConsumer'>, 'peerId'>, of: PeerMedia): void;
  consumerClosed(notice: Notice<'consumerClosed'>): void;
  consumerPaused(notice: Notice<'consumerPaused'>): void;
  /** The worker below died, and everything with it. */
  lost(): void;
}

/** What one person gets from the others. */
export interface Receiving {
  setCapabilities(capabilities: RtpCapabilities): void;
  /** Sends one producer of somebody, paused until the browser says that it can play it. Nothing where it cannot. */
  consume(from: PeerMedia, producer: Producer): Promise<void>;
  resumeConsumer(consumerId: string): void;
  setTile(consumerId: string, width: number): void;
  setStep(step: ReceivingStep): void;
  /** Tells every consumer again, for a browser that kept them but may have missed some. */
  tellAgain(): void;
}

export interface WantedProducer {
  requestId: string;
  transportId: string;
  source: Source;
  kind: 'audio' | 'video';
  rtpParameters: RtpParameters;
}
/** What one person sends to the others. */
export interface Sending {
  produce(wanted: WantedProducer): Promise<Producer>;
  pauseProducer(producerId: string, isPaused: boolean): Promise<void>;
  closeProducer(producerId: string): void;
  /** Those that are open now, each with its source. */
  producers(): { producer: Producer; source: Source }[];
}

export type Direction = 'send' | 'receive';
export type TransportAnswer = Pick<WebRtcTransport, 'id' | 'iceParameters' | 'iceCandidates' | 'dtlsParameters'>;

export interface PeerMedia extends Receiving, Sending {
  readonly at: RoomRouter;
  createTransport(direction: Direction): Promise<TransportAnswer>;
  connectTransport(transportId: string, dtlsParameters: DtlsParameters): Promise<void>;
  restartIce(transportId: string): Promise<WebRtcTransport['iceParameters']>;
  /** What the receiving link carries, in bit/s, where more was wanted. */
  available(): number | undefined;
  close(): void;
}
