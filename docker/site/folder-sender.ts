import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { moveAside, refuse } from './move-aside.ts';
import { QuietFiles, type Waiting } from './quiet-files.ts';
import { type Answer, sendFile } from './send-file.ts';

export interface FolderOptions {
  folder: string;
  /** Where the hub is: `https://hub.example`. */
  hub: string;
  token: string;
  everyMs: number;
  /** A file that has not grown for so long is complete. */
  quietMs: number;
  say: (line: string) => void;
}

const firstWaitMs = 1000;
const longestWaitMs = 300_000;

/**
 * Sends what is written into a folder, one file after the other, the oldest first. A file stays where it is until the hub
 * has it: a process that dies, or a link that is cut, makes it come again, and the hub knows the same bytes by their
 * digest. Folders on other machines tell nobody of changes, so that looking again and again is the way that always works.
 */
export class FolderSender {
  readonly #options: FolderOptions;
  readonly #quiet: QuietFiles;
  readonly #stop = new AbortController();
  #ended: Promise<void> = Promise.resolve();
  #waitMs = 0;

  constructor(options: FolderOptions) {
    this.#options = options;
    this.#quiet = new QuietFiles(options.folder, options.quietMs);
  }

  /** Resolves when it was closed. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  async open(): Promise<void> {
    for (const name of ['sent', 'refused']) await mkdir(join(this.#options.folder, name), { recursive: true });
    this.#ended = this.#run();
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  async #run(): Promise<void> {
    const { everyMs, say } = this.#options;
    while (!this.#stop.signal.aborted) {
      this.#waitMs = await this.#round().catch((cause: Error) => {
        // A folder that is away, a disk that is full: the next round may find it there again.
        say(`${cause.message}`);
        return this.#longer();
      });
      await pause(Math.max(everyMs, this.#waitMs), undefined, { signal: this.#stop.signal }).catch(() => undefined);
    }
  }

  /** @returns how long to wait before the next: 0 while everything goes well */
  async #round(): Promise<number> {
    for (const file of await this.#quiet.find(Date.now())) {
      if (this.#stop.signal.aborted) return 0;
      const { hub, token } = this.#options;
      const answer = await sendFile({ hub, token, path: file.path, name: file.name, signal: this.#stop.signal });
      if (answer.kind === 'later') return this.#comeAgain(answer);
      this.#waitMs = 0;
      if (answer.kind !== 'gone') await this.#settle(file, answer);
    }
    return 0;
  }

  /** Whoever wrote into the file while it was sent has something to send again. */
  async #settle(file: Waiting, answer: Extract<Answer, { kind: 'sent' | 'refused' }>): Promise<void> {
    const { folder, say } = this.#options;
    const now = await stat(file.path).catch(() => null);
    if (!now || now.size !== file.size || now.mtimeMs !== file.mtimeMs) return;
    if (answer.kind === 'refused') await refuse(folder, file.name, answer.why);
    else await moveAside(folder, 'sent', file.name);
    const what =
      answer.kind === 'sent' ? `已发送 · sent: ${answer.id}` : `被拒收 · refused: ${answer.why.split('\n')[0]}`;
    say(`${file.name} ${what}`);
  }

  #comeAgain({ why, retryAfterMs }: Extract<Answer, { kind: 'later' }>): number {
    const waitMs = Math.max(this.#longer(), retryAfterMs ?? 0);
    if (!this.#stop.signal.aborted) this.#options.say(`${why}，${Math.ceil(waitMs / 1000)} s 后重试 · again`);
    return waitMs;
  }

  #longer = (): number => Math.min(longestWaitMs, Math.max(firstWaitMs, this.#waitMs * 2));
}
