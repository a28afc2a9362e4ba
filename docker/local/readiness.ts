import { setTimeout as wait } from 'node:timers/promises';

/**
 * Asks /readyz until it answers 200.
 * @throws naming what is still down when the time is over, or when the signal says to give up
 */
export async function waitUntilReady(options: {
  url: string;
  timeoutMs: number;
  logDir: string;
  signal?: AbortSignal | undefined;
}): Promise<void> {
  const until = Date.now() + options.timeoutMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const state = await readiness(options.url);
    if (state === 'ready') return;
    if (Date.now() > until) {
      throw new Error(
        `the hub is not ready after ${options.timeoutMs / 1000} s (${state}): see the logs in ${options.logDir}`,
      );
    }
    await wait(100);
  }
}

/** 'ready', or what is known about why not. */
async function readiness(url: string): Promise<string> {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) });
    const body = await answer.text();
    return answer.ok ? 'ready' : body.slice(0, 500);
  } catch {
    return 'the http role does not answer';
  }
}
