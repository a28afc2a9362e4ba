import { HubError } from '@lianzhen/contracts/errors.ts';
import type { NodeProbe, StartProbe } from '@lianzhen/contracts/site-check.ts';
import type { Router, WebRtcServer, WebRtcTransport, Worker } from 'mediasoup/types';

export interface ProbeSeat {
  worker: Worker;
  server: WebRtcServer;
}

const mostProbes = 24;
const lastsMs = 20_000;
/** A probe sends small packets at the pace of speech; nothing needs more. */
const largestMessage = 1400;
const streamId = 0;

/**
 * Data channels that send back what comes, over the same ports as a session's media, so that a clinic can try each way
 * to this node by itself. Nobody meets anybody here, and each probe ends by itself.
 */
export class ProbeRoom {
  readonly #open = new Set<WebRtcTransport>();
  #router: Promise<Router> | undefined;
  #opening = 0;
  private readonly seat: () => ProbeSeat | undefined;

  /** @param seat a media worker that lives now, with its port */
  constructor(seat: () => ProbeSeat | undefined) {
    this.seat = seat;
  }

  /** @throws HubError `rate-limited` when too many probes run, `unavailable` when no media worker lives */
  async open({ route, dtlsFingerprint }: StartProbe): Promise<NodeProbe> {
    if (this.#open.size + this.#opening >= mostProbes) throw new HubError('rate-limited', { retryAfterSeconds: 20 });
    const seat = this.seat();
    if (!seat) throw new HubError('unavailable', { part: 'media' });
    this.#opening += 1;
    try {
      const transport = await this.#transport(seat, route);
      await transport.connect({ dtlsParameters: { role: 'client', fingerprints: [dtlsFingerprint] } });
      await sendBack(transport);
      return describe(transport);
    } finally {
      this.#opening -= 1;
    }
  }

  close(): void {
    for (const transport of this.#open) transport.close();
    this.#open.clear();
  }

  async #transport(seat: ProbeSeat, route: StartProbe['route']): Promise<WebRtcTransport> {
    const router = await this.#routerOn(seat.worker);
    const transport = await router.createWebRtcTransport({
      webRtcServer: seat.server,
      // The relay takes whatever of the two it reaches; it stands beside the node.
      enableUdp: route !== 'tcp',
      enableTcp: route !== 'udp',
      enableSctp: true,
      iceConsentTimeout: 10,
    });
    this.#open.add(transport);
    const timer = setTimeout(() => transport.close(), lastsMs);
    transport.observer.once('close', () => {
      clearTimeout(timer);
      this.#open.delete(transport);
    });
    return transport;
  }

  #routerOn(worker: Worker): Promise<Router> {
    this.#router ??= worker.createRouter().then(
      (router) => {
        router.observer.once('close', () => {
          this.#router = undefined;
        });
        return router;
      },
      (cause: unknown) => {
        this.#router = undefined;
        throw cause;
      },
    );
    return this.#router;
  }
}

async function sendBack(transport: WebRtcTransport): Promise<void> {
  const producer = await transport.produceData({
    sctpStreamParameters: { streamId, ordered: false, maxRetransmits: 0 },
    label: 'probe',
  });
  const consumer = await transport.consumeData({ dataProducerId: producer.id });
  // One negotiated channel has one number for both directions.
  if (consumer.sctpStreamParameters?.streamId !== streamId)
    throw new HubError('internal', { part: 'probe', expected: 'the first stream' });
}

function describe({ iceParameters, iceCandidates, dtlsParameters, sctpParameters }: WebRtcTransport): NodeProbe {
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256');
  if (!fingerprint || !sctpParameters) throw new HubError('internal', { part: 'probe' });
  return {
    iceParameters: { usernameFragment: iceParameters.usernameFragment, password: iceParameters.password },
    iceCandidates: iceCandidates.map(({ foundation, priority, address, protocol, port, type, tcpType }) => ({
      ...{ foundation, priority, address, protocol, port, type },
      ...(tcpType === undefined ? {} : { tcpType }),
    })),
    dtlsFingerprint: { algorithm: 'sha-256', value: fingerprint.value },
    sctp: { port: sctpParameters.port, maxMessageSize: Math.min(largestMessage, sctpParameters.maxMessageSize) },
    streamId,
    endsInMs: lastsMs,
  };
}
