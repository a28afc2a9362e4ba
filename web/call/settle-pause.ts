import type { types } from 'mediasoup-client';

export type Pausable = Pick<types.Producer, 'paused' | 'pause' | 'resume'>;

/**
 * Makes producers and the room agree on which are held back. The room takes a new one for heard; the browser's own side
 * begins held back where the track is switched off already, as it is when somebody muted comes in again. What could not
 * be told, because the link was gone, is told with the next try.
 */
export function openPauses() {
  const told = new WeakMap<Pausable, boolean>();
  return async (producer: Pausable, isPaused: boolean, tell: () => Promise<unknown>): Promise<void> => {
    if (producer.paused !== isPaused) {
      if (isPaused) producer.pause();
      else producer.resume();
    }
    if ((told.get(producer) ?? false) === isPaused) return;
    await tell();
    told.set(producer, isPaused);
  };
}
