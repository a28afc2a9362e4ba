import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { HubError } from '@lianzhen/contracts/errors.ts';

export interface PoolLimits {
  threads: number;
  /** Tasks that may wait for a thread; none of their bytes are read before their turn. */
  waiting: number;
  /** For one task; one that takes longer takes its thread with it. */
  taskMs: number;
  /** A thread that has nothing to do gives its memory back: what WebAssembly has taken never shrinks. */
  idleMs: number;
}
const defaultLimits: PoolLimits = {
  threads: Math.min(2, Math.max(1, availableParallelism() - 1)),
  waiting: 32,
  taskMs: 20_000,
  idleMs: 30_000,
};
const heapMegabytes = 512;

/** What is told of a task that could not be done. */
export interface PoolWords {
  busy: string;
  tooLong: string;
  tooMuch: string;
}

/** Does work on bytes that come from outside beside the thread that answers requests, a bounded number at a time. */
export class ThreadPool<Task extends { bytes: Uint8Array }, Answer> {
  readonly #idle: Array<{ worker: Worker; timer: NodeJS.Timeout }> = [];
  readonly #waiting: Array<() => void> = [];
  #busy = 0;
  private readonly module: URL;
  private readonly words: PoolWords;
  private readonly limits: PoolLimits;

  /** @param module answers each message with one message */
  constructor(module: URL, words: PoolWords, limits: Partial<PoolLimits> = {}) {
    this.module = module;
    this.words = words;
    this.limits = { ...defaultLimits, ...limits };
  }

  /**
   * @param load makes the task, once there is a thread for it; its bytes are given away
   * @throws HubError `unavailable` when too many wait or it takes too long
   */
  async run(load: () => Promise<Task>): Promise<Answer> {
    await this.#turn();
    try {
      return await this.#do(await load());
    } finally {
      // A turn is handed on, so that nobody who comes now takes it from who waits.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy--;
    }
  }

  async #turn(): Promise<void> {
    if (this.#busy >= this.limits.threads) {
      if (this.#waiting.length >= this.limits.waiting) throw new HubError('unavailable', { reason: this.words.busy });
      return new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#busy++;
  }

  async #do(task: Task): Promise<Answer> {
    const worker = this.#take();
    const answer = await this.#ask(worker, task).catch((cause: unknown) => {
      void worker.terminate();
      throw cause;
    });
    this.#keep(worker);
    return answer;
  }

  #ask(worker: Worker, task: Task): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        worker.removeAllListeners();
        // Errors of a thread that nobody waits for any more are no concern of the process.
        worker.on('error', () => undefined);
        settle();
      };
      const fail = (reason: string, cause?: unknown) =>
        end(() => reject(new HubError('unavailable', { reason }, { cause })));
      const timer = setTimeout(() => fail(this.words.tooLong), this.limits.taskMs);
      worker.removeAllListeners();
      worker.once('message', (answer: Answer) => end(() => resolve(answer)));
      worker.once('error', (cause) => fail(this.words.tooMuch, cause));
      worker.once('exit', () => fail('the thread ended'));
      const { buffer } = task.bytes;
      worker.postMessage(task, buffer instanceof ArrayBuffer && isAlone(task.bytes) ? [buffer] : []);
    });
  }

  #take(): Worker {
    const kept = this.#idle.pop();
    if (kept) {
      clearTimeout(kept.timer);
      return kept.worker;
    }
    const worker = new Worker(this.module, { resourceLimits: { maxOldGenerationSizeMb: heapMegabytes } });
    // The process ends when its doors are closed, whatever a thread is at.
    worker.unref();
    return worker;
  }

  #keep(worker: Worker): void {
    const forget = () => {
      const at = this.#idle.findIndex((kept) => kept.worker === worker);
      if (at >= 0) this.#idle.splice(at, 1);
    };
    const timer = setTimeout(() => {
      forget();
      void worker.terminate();
    }, this.limits.idleMs);
    timer.unref();
    worker.once('exit', forget);
    this.#idle.push({ worker, timer });
  }
}

/** Small buffers are parts of a pool that others use: they are copied, not given away. */
const isAlone = ({ byteOffset, byteLength, buffer }: Uint8Array): boolean =>
  byteOffset === 0 && byteLength === buffer.byteLength;
