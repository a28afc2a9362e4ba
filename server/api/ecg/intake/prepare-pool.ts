import { HubError } from '@lianzhen/contracts/errors.ts';
import { ThreadPool } from '@lianzhen/platform/thread-pool.ts';
import type { PreparedTrace, PrepareTask } from './prepare-trace.ts';
import type { PrepareAnswer } from './prepare-worker.ts';

const words = {
  busy: 'too many recordings are being read',
  tooLong: 'the recording takes too long to read',
  tooMuch: 'the recording takes too much to read',
};

/** Reads files beside the thread that answers requests: bounded in time and memory, whatever is in them. */
export class PreparePool {
  readonly #threads = new ThreadPool<PrepareTask, PrepareAnswer>(
    new URL('./prepare-worker.ts', import.meta.url),
    words,
    { threads: 2, waiting: 64 },
  );

  /** @throws HubError `ecg-invalid` with format, where, expected and found; `unavailable` under too much load */
  async prepare(task: PrepareTask): Promise<PreparedTrace> {
    // The thread takes its copy away; it is made once it is wanted.
    const load = async () => ({ ...task, bytes: new Uint8Array(task.bytes) });
    const answer = await this.#threads.run(load).catch(asInvalid);
    if ('code' in answer) throw new HubError(answer.code, answer.details);
    return answer.prepared;
  }
}

/** A file that eats all memory is refused: a sender who is told to come later would come for ever. */
function asInvalid(cause: unknown): never {
  const isTooMuch = cause instanceof HubError && cause.details.reason === words.tooMuch;
  if (!isTooMuch) throw cause;
  const details = { where: 'file', expected: 'a recording that fits into memory', found: words.tooMuch };
  throw new HubError('ecg-invalid', details, { cause });
}
