import { ViewerProblem } from '../problem.ts';
import type { DecodedPicture, DecodeRequest } from './picture-types.ts';
import type { WorkerAnswer, WorkerOrder } from './worker-messages.ts';

/** As much of a Worker as the pool needs. */
export interface DecodeWorker {
  onmessage: ((event: MessageEvent<WorkerAnswer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(order: WorkerOrder, transfer: Transferable[]): void;
  terminate(): void;
}

interface Task {
  readonly order: WorkerOrder;
  readonly signal: AbortSignal;
  readonly resolve: (picture: DecodedPicture) => void;
  readonly reject: (cause: unknown) => void;
}

interface Seat {
  readonly worker: DecodeWorker;
  task: Task | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** A frame that takes longer has sent a codec into a loop; the worker is replaced. */
const decodeTimeoutMs = 60_000;

/** Half of the processors are left to the page and the rest of the desk; more workers than four only cost memory. */
export function poolSize(hardwareConcurrency: number | undefined): number {
  return Math.min(4, Math.max(1, Math.floor((hardwareConcurrency ?? 2) / 2)));
}

/** A few workers that decode frames in the order asked. A worker that dies or hangs fails its own frame alone. */
export class DecodePool {
  readonly #create: () => DecodeWorker;
  readonly #size: number;
  readonly #seats: Seat[] = [];
  readonly #waiting: Task[] = [];
  #nextId = 1;

  constructor(create: () => DecodeWorker, size: number) {
    this.#create = create;
    this.#size = size;
  }

  /** Decodes one frame; its bytes are handed over to the worker. Rejects with an AbortError once nobody waits. */
  decode(request: DecodeRequest, signal: AbortSignal): Promise<DecodedPicture> {
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const task = { order: { id: this.#nextId++, request }, signal, resolve, reject };
      this.#waiting.push(task);
      signal.addEventListener('abort', () => this.#withdraw(task), { once: true });
      this.#next();
    });
  }

  close(): void {
    for (const seat of this.#seats.splice(0)) this.#vacate(seat, new ViewerProblem('worker-lost'));
    for (const task of this.#waiting.splice(0)) task.reject(new ViewerProblem('worker-lost'));
  }

  /** A task that has begun goes on: stopping a worker costs more than finishing a frame. */
  #withdraw(task: Task): void {
    const at = this.#waiting.indexOf(task);
    if (at >= 0) this.#waiting.splice(at, 1);
    task.reject(task.signal.reason);
  }

  #next(): void {
    if (this.#waiting.length === 0) return;
    let seat = this.#seats.find((candidate) => !candidate.task);
    if (!seat && this.#seats.length < this.#size) {
      seat = { worker: this.#create(), task: undefined, timer: undefined };
      this.#seats.push(seat);
      this.#listen(seat);
    }
    const task = seat && this.#waiting.shift();
    if (seat && task) this.#begin(seat, task);
  }

  #begin(seat: Seat, task: Task): void {
    seat.task = task;
    seat.timer = setTimeout(() => this.#replace(seat, new ViewerProblem('decode-timeout')), decodeTimeoutMs);
    const { bytes } = task.order.request;
    // A view of a larger buffer is copied: handing over the buffer would take the neighbours' bytes along.
    const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
    seat.worker.postMessage({ ...task.order, request: { ...task.order.request, bytes: own } }, [
      own.buffer as ArrayBuffer,
    ]);
  }

  #listen(seat: Seat): void {
    seat.worker.onmessage = ({ data }) => {
      const { task } = seat;
      if (!task || data.id !== task.order.id) return;
      clearTimeout(seat.timer);
      seat.task = undefined;
      if ('picture' in data) task.resolve(data.picture);
      else task.reject(new ViewerProblem(data.problem.code, data.problem.details));
      this.#next();
    };
    seat.worker.onerror = (event) =>
      this.#replace(seat, new ViewerProblem('worker-lost', { reason: event.message ?? '' }));
  }

  #replace(seat: Seat, why: ViewerProblem): void {
    this.#seats.splice(this.#seats.indexOf(seat), 1);
    this.#vacate(seat, why);
    this.#next();
  }

  #vacate(seat: Seat, why: ViewerProblem): void {
    clearTimeout(seat.timer);
    seat.worker.terminate();
    seat.task?.reject(why);
  }
}
