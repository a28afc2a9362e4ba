import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { io } from 'socket.io-client';
import type { Caller } from '../factories/hub-client.ts';
import { HubRefusal } from '../factories/hub-client.ts';

export interface OpenPage {
  /** What is on screen now: the results in the inbox. */
  readonly results: ReadonlySet<string>;
  readonly isConnected: boolean;
  close(): void;
}

/** The township doctor's inbox on screen: read once, and again whenever the hub says that something changed. */
export function openInbox(doctor: Caller): OpenPage {
  let results = new Set<string>();
  const look = async (): Promise<void> => {
    try {
      const { rows } = await doctor.call(hubContract.delivery.inbox, { pageSize: 200 });
      results = new Set(rows.map(({ versionId }) => versionId));
    } catch (cause) {
      // The page shows that the link is down and looks again when it is back.
      if (!(cause instanceof HubRefusal)) throw cause;
    }
  };
  const socket = io(doctor.url, {
    transports: ['websocket'],
    reconnectionDelay: 200,
    reconnectionDelayMax: 1000,
    extraHeaders: { ...doctor.headers },
  });
  socket.on('connect', look);
  socket.on('changed', look);
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 500);
  });
  return {
    get results() {
      return results;
    },
    get isConnected() {
      return socket.connected;
    },
    close: () => void socket.close(),
  };
}
