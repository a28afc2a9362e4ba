import type { types } from 'mediasoup-client';
import { RoomError } from './room-error.ts';

/** A pair of addresses that stops answering for less than this comes back by itself. */
const patienceMs = 800;
/** A restart that works does so within this, over a relay too. */
const tryMs = 5000;
const mostTries = 3;

interface MendOptions {
  transport: types.Transport;
  /** Asks the room for new ICE parameters. */
  restart: () => Promise<types.IceParameters>;
  onState: () => void;
  /** It cannot be mended: everything has to be made anew. */
  onBroken: () => void;
}

/**
 * Watches one transport and restarts its ICE when its way is gone: after a change of address, a dead link, a blocked port.
 * @returns what mends it at once, for when the room can be asked again
 */
export function keepMended({ transport, restart, onState, onBroken }: MendOptions): () => void {
  let tries = 0;
  let timer: number | undefined;
  const isWell = () => transport.connectionState === 'connected' || transport.connectionState === 'new';
  const stop = () => window.clearTimeout(timer);
  const again = (ms: number) => {
    stop();
    timer = window.setTimeout(() => void mend(), ms);
  };
  const mend = async () => {
    if (transport.closed || isWell()) return;
    tries += 1;
    if (tries > mostTries) {
      onBroken();
      return;
    }
    again(tryMs);
    try {
      await transport.restartIce({ iceParameters: await restart() });
    } catch (cause) {
      stop();
      if (transport.closed) return;
      // Nobody can be asked now; once the seat is taken again it is mended then.
      if (cause instanceof RoomError && cause.code === 'no-answer') tries = 0;
      else onBroken();
    }
  };
  transport.on('connectionstatechange', (state) => {
    onState();
    if (state === 'connected') tries = 0;
    if (state === 'connected' || state === 'closed') stop();
    if (state === 'disconnected') again(patienceMs);
    if (state === 'failed') again(0);
  });
  transport.observer.once('close', stop);
  return () => {
    tries = 0;
    again(0);
  };
}
