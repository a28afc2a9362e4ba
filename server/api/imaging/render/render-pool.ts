import { HubError } from '@lianzhen/contracts/errors.ts';
import { type PoolLimits, ThreadPool } from '@lianzhen/platform/thread-pool.ts';
import type { RenderTask } from './render-frame.ts';
import type { RenderAnswer } from './render-worker.ts';

const words = {
  busy: 'too many pictures are being drawn',
  tooLong: 'the picture takes too long to draw',
  tooMuch: 'the picture takes too much to draw',
};

/** Draws pictures beside the thread that answers requests, a bounded number at a time. */
export class RenderPool {
  readonly #threads: ThreadPool<RenderTask, RenderAnswer>;

  constructor(limits: Partial<PoolLimits> = {}) {
    this.#threads = new ThreadPool(new URL('./render-worker.ts', import.meta.url), words, limits);
  }

  /**
   * @param load reads what is to be drawn, once there is a thread for it
   * @throws HubError `unavailable` when too many wait or it takes too long, and what the frame lacks
   */
  async render(load: () => Promise<RenderTask>): Promise<Uint8Array> {
    const answer = await this.#threads.run(load);
    if ('code' in answer) throw new HubError(answer.code, answer.details);
    return answer.bytes;
  }
}
