import type { Consumer } from 'mediasoup/types';

/** A frame every few seconds is enough to see that somebody is there. */
export const stillEveryMs = 5000;
/** A key frame is many packets: what follows its first one is let through for so long. */
const frameMs = 350;
/** A sender that makes no key frame in this time is asked again with the next still. */
const keyFrameWithinMs = 3000;

/**
 * Sends a single frame now and then: the consumer is resumed, which asks for a key frame, until one has passed.
 * @param onFailed once, when the consumer can no longer be told anything though it is open
 * @returns how to stop; the consumer is then paused or about to be
 */
export function pulse(consumer: Consumer, onFailed: (err: unknown) => void): () => void {
  let hasEnded = false;
  let timer: NodeJS.Timeout | undefined;
  let wake: (() => void) | undefined;
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, ms);
    });
  const onTrace = ({ type }: { type: string }) => {
    if (type === 'keyframe') wake?.();
  };
  const run = async () => {
    await consumer.enableTraceEvent(['keyframe']);
    consumer.on('trace', onTrace);
    while (!hasEnded && !consumer.closed) {
      await consumer.resume();
      await wait(keyFrameWithinMs);
      clearTimeout(timer);
      consumer.off('trace', onTrace);
      if (!hasEnded) await wait(frameMs);
      if (hasEnded || consumer.closed) return;
      await consumer.pause();
      await wait(stillEveryMs);
      consumer.on('trace', onTrace);
    }
  };
  run()
    .catch((err: unknown) => {
      if (!consumer.closed && !hasEnded) onFailed(err);
    })
    .finally(() => consumer.off('trace', onTrace));
  return () => {
    hasEnded = true;
    clearTimeout(timer);
    wake?.();
  };
}
