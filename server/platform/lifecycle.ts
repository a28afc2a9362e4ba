import type { Log } from './log.ts';

export interface Closing {
  name: string;
  close: () => Promise<unknown> | unknown;
}

/**
 * A process's things, closed in the reverse order of their opening, each within its share of the time.
 * SIGTERM, SIGINT and the end of the supervisor's pipe all mean: finish what runs, take nothing new.
 */
export class Lifecycle {
  readonly #open: Closing[] = [];
  #closing: Promise<void> | undefined;
  private readonly log: Log;
  private readonly graceMs: number;

  constructor(log: Log, graceMs = 15_000) {
    this.log = log;
    this.graceMs = graceMs;
  }

  opened(name: string, close: Closing['close']): void {
    this.#open.push({ name, close });
  }

  get isClosing(): boolean {
    return this.#closing !== undefined;
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    for (const { name, close } of this.#open.reverse()) {
      const timer = new Promise<'late'>((resolve) => setTimeout(resolve, this.graceMs, 'late').unref());
      try {
        const ended = await Promise.race([Promise.resolve(close()).then(() => 'done' as const), timer]);
        if (ended === 'late') this.log.warn({ reason: name }, 'did not close in time');
      } catch (err) {
        this.log.error({ err, reason: name }, 'closing failed');
      }
    }
  }

  /** Ends the process on a signal, on the end of the parent's IPC channel, and on an error nobody caught. */
  endWithProcess(): void {
    const end = (code: number) => void this.close().then(() => process.exit(code));
    process.once('SIGTERM', () => end(0));
    process.once('SIGINT', () => end(0));
    process.once('disconnect', () => end(0));
    // State after an uncaught error is unknown: the supervisor starts a clean process.
    process.on('uncaughtException', (err) => {
      this.log.fatal({ err }, 'uncaught exception');
      end(1);
    });
    process.on('unhandledRejection', (err) => {
      this.log.fatal({ err }, 'unhandled rejection');
      end(1);
    });
  }
}
