import type { ChosenInstance } from './read-upload.ts';

export type Outcome = 'waiting' | 'sending' | 'stored' | 'refused' | 'unreachable';
export interface Upload {
  instance: ChosenInstance;
  outcome: Outcome;
  /** Why the hub refused it: a failure reason of PS3.18. */
  reason?: string;
}

/** Sends one file; the hub answers after it is durable. `unreachable` may be tried again, `refused` may not. */
export type SendFile = (
  file: File,
  signal: AbortSignal,
) => Promise<{ outcome: 'stored' | 'refused' | 'unreachable'; reason?: string }>;

const atOnce = 2;
const waits = [1000, 3000, 10_000, 30_000];

/**
 * Sends every file that is not stored yet, a few at a time. On a link that fails it waits and tries the same file
 * again; a file that arrived twice is one file at the hub, so that trying again is always safe.
 */
export async function sendAll(
  uploads: readonly Upload[],
  send: SendFile,
  tell: (at: number, change: Partial<Upload>) => void,
  signal: AbortSignal,
  pause: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
): Promise<void> {
  const open = uploads.flatMap((upload, at) =>
    upload.outcome === 'stored' || upload.outcome === 'refused' ? [] : [at],
  );
  const lane = async () => {
    for (let at = open.shift(); at !== undefined && !signal.aborted; at = open.shift()) await sendOne(at);
  };
  const sendOne = async (at: number) => {
    const file = uploads[at]?.instance.file;
    if (!file) return;
    tell(at, { outcome: 'sending' });
    for (let tries = 0; !signal.aborted; tries++) {
      const { outcome, reason } = await send(file, signal);
      if (outcome !== 'unreachable' || tries >= waits.length) return tell(at, { outcome, reason });
      await pause(waits[tries] ?? 0);
    }
    tell(at, { outcome: 'waiting' });
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}
