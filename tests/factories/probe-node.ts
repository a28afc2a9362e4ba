import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@lianzhen/platform/clock.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { createWorker } from 'mediasoup';
import { afterAll, beforeAll } from 'vitest';
import { root } from '../../docker/local/roles.ts';
import { cachedWorker, lockedVersion } from '../../docker/media-worker/locate.mjs';
import { answerProbe } from '../../server/api/consultation/media/probe-door.ts';
import { ProbeRoom } from '../../server/api/consultation/media/probe-room.ts';

/** The media worker that tests use: the one named, else the one that was built. */
export const mediaWorkerBin = () => process.env.MEDIASOUP_WORKER_BIN || cachedWorker(lockedVersion(root));

export interface ProbeNodeOptions {
  JOIN_TOKEN_KEY: string;
  /** Where browsers reach it. */
  announcedAddress?: string;
}

/** A media node that answers probes and nothing else, for the test file that calls this at its top. */
export function withProbeNode({ JOIN_TOKEN_KEY, announcedAddress = '127.0.0.1' }: ProbeNodeOptions) {
  let opened: { url: string; room: ProbeRoom; close: () => void } | undefined;
  beforeAll(async () => {
    const worker = await createWorker({ workerBin: mediaWorkerBin(), logLevel: 'error' });
    const server = await worker.createWebRtcServer({
      listenInfos: (['udp', 'tcp'] as const).map((protocol) => ({
        protocol,
        ip: '0.0.0.0',
        announcedAddress,
        port: 0,
      })),
    });
    const room = new ProbeRoom(() => ({ worker, server }));
    const deps = { config: { JOIN_TOKEN_KEY }, clock: systemClock, log: createLog('test', 'silent') };
    const door = createServer((req, res) => {
      if (!answerProbe(deps as Parameters<typeof answerProbe>[0], room, req, res)) res.writeHead(404).end();
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
    const close = () => {
      room.close();
      door.close();
      worker.close();
    };
    opened = { url, room, close };
  });
  afterAll(() => opened?.close());
  const ready = () => {
    if (!opened) throw new Error('the node is there once the tests run, not before');
    return opened;
  };
  return {
    get url() {
      return ready().url;
    },
    get room() {
      return ready().room;
    },
  };
}
