import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { RenderTask } from './render-frame.ts';
import type { RenderAnswer } from './render-worker.ts';

interface PoolLimits {
  threads: number;
  /** Pictures that may wait for a thread; none of their bytes are read before their turn. */
  waiting: number;
  /** For one picture; a stream that keeps a decoder longer takes its thread with it. */
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

/** Draws pictures beside the thread that answers requests, a bounded number at a time. */
export class RenderPool {
  readonly #idle: Array<{ worker: Worker; timer: NodeJS.Timeout }> = [];
  readonly #waiting: Array<() => void> = [];
  #busy = 0;
  private readonly limits: PoolLimits;

  constructor(limits: Partial<PoolLimits> = {}) {
    this.limits = { ...defaultLimits, ...limits };
  }

  /**
   * @param load reads what is to be drawn, once there is a thread for it
   * @throws HubError `unavailable` when too many wait or it takes too long, and what the frame lacks
   */
  async render(load: () => Promise<RenderTask>): Promise<Uint8Array> {
    await this.#turn();
    try {
      return await this.#draw(await load());
    } finally {
      // A turn is handed on, so that nobody who comes now takes it from who waits.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy--;
    }
  }

  async #turn(): Promise<void> {
    if (this.#busy >= this.limits.threads) {
      if (this.#waiting.length >= this.limits.waiting)
        throw new HubError('unavailable', { reason: 'too many pictures are being drawn' });
      return new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#busy++;
  }

  async #draw(task: RenderTask): Promise<Uint8Array> {
    const worker = this.#take();
    const answer = await this.#ask(worker, task).catch((cause: unknown) => {
      void worker.terminate();
      throw cause;
    });
    this.#keep(worker);
    if ('code' in answer) throw new HubError(answer.code, answer.details);
    return answer.bytes;
  }

  #ask(worker: Worker, task: RenderTask): Promise<RenderAnswer> {
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
      const timer = setTimeout(() => fail('the picture takes too long to draw'), this.limits.taskMs);
      worker.removeAllListeners();
      worker.once('message', (answer: RenderAnswer) => end(() => resolve(answer)));
      worker.once('error', (cause) => fail('the picture takes too much to draw', cause));
      worker.once('exit', () => fail('the drawing thread ended'));
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
    const worker = new Worker(new URL('./render-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
    });
    // The process ends when its doors are closed, drawing or not.
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
