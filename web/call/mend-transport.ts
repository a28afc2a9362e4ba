import type { types } from 'mediasoup-client';

/** A pair of addresses that stops answering for less than this comes back by itself. */
const patienceMs = 800;
/** A restart that works does so within this, over a relay too. */
const tryMs = 5000;
const mostTries = 3;

interface MendOptions {
  transport: types.Transport;
  /** Asks the room for new ICE parameters; rejects when the room knows the transport no more. */
  restart: () => Promise<types.IceParameters>;
  onState: () => void;
  /** It cannot be mended: everything has to be made anew. */
  onBroken: () => void;
}

/** Watches one transport and restarts its ICE when its way is gone: after a change of address, a dead link, a blocked port. */
export function keepMended({ transport, restart, onState, onBroken }: MendOptions): void {
  let tries = 0;
  let timer: number | undefined;
  const isWell = () => transport.connectionState === 'connected';
  const again = (ms: number) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void mend(), ms);
  };
  const mend = async () => {
    if (transport.closed || isWell()) return;
    tries += 1;
    if (tries > mostTries) return onBroken();
    again(tryMs);
    try {
      await transport.restartIce({ iceParameters: await restart() });
    } catch {
      // The room does not know it, or does not answer: only a new one helps. A dead link is told of by itself.
      window.clearTimeout(timer);
      if (!transport.closed) onBroken();
    }
  };
  transport.on('connectionstatechange', (state) => {
    onState();
    if (state === 'connected') {
      tries = 0;
      window.clearTimeout(timer);
    }
    if (state === 'disconnected') again(patienceMs);
    if (state === 'failed') again(0);
    if (state === 'closed') window.clearTimeout(timer);
  });
  transport.observer.once('close', () => window.clearTimeout(timer));
}
