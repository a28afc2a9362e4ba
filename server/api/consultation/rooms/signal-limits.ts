import { HubError } from '@lianzhen/contracts/errors.ts';
import type { SignalName } from '@lianzhen/contracts/room-signals.ts';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

interface Limit {
  points: number;
  /** Seconds. */
  duration: number;
}
/** What a hand does: a click and its repetition. */
const byHand: Limit = { points: 20, duration: 10 };
/** What moves with the mouse, as often as a screen is drawn. */
const inMotion: Limit = { points: 80, duration: 1 };

/** Several times what a page does at its busiest; a hundred times is refused without touching the room. */
const limits: Record<SignalName, Limit> = {
  join: byHand,
  leave: byHand,
  capabilities: byHand,
  createTransport: byHand,
  connectTransport: byHand,
  restartIce: byHand,
  produce: byHand,
  pauseProducer: { points: 60, duration: 10 },
  closeProducer: byHand,
  // One for each stream of a large room, at once.
  resumeConsumer: { points: 1200, duration: 10 },
  setTile: { points: 1200, duration: 10 },
  reportReceiving: { points: 30, duration: 10 },
  chooseStep: byHand,
  admit: { points: 60, duration: 10 },
  refuse: { points: 60, duration: 10 },
  remove: byHand,
  askMute: { points: 60, duration: 10 },
  lock: byHand,
  raiseHand: byHand,
  chat: { points: 20, duration: 10 },
  missed: byHand,
  takeLead: byHand,
  giveLead: byHand,
  changeView: inMotion,
  point: inMotion,
  mark: { points: 100, duration: 10 },
  unmark: { points: 100, duration: 10 },
  record: byHand,
  end: byHand,
};

/** Counts each seat's signals by their names. @throws `rate-limited` with when to come again */
export function openSignalLimits(): (seatId: string, signal: SignalName) => Promise<void> {
  const limiters = new Map(Object.entries(limits).map(([name, limit]) => [name, new RateLimiterMemory(limit)]));
  return async (seatId, signal) => {
    await limiters
      .get(signal)
      ?.consume(seatId)
      .catch((full: unknown) => {
        if (!(full instanceof RateLimiterRes)) throw full;
        throw new HubError('rate-limited', { signal, retryAfterSeconds: Math.ceil(full.msBeforeNext / 1000) });
      });
  };
}
