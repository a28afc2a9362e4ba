import { type FileHandle, open } from 'node:fs/promises';

interface Opened {
  file: Promise<FileHandle>;
  readers: number;
  hasLeft: boolean;
}

const mostOpen = 16;
const idleMs = 5000;

/** Files kept open for a while after they were read, because whoever reads one image of a study reads the next. */
export class OpenFiles {
  /** In the order of their last use. */
  readonly #open = new Map<string, Opened>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  /** @throws what opening it or `work` threw */
  async with<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
    const opened = this.#open.get(path) ?? { file: open(path, 'r'), readers: 0, hasLeft: false };
    this.#open.delete(path);
    this.#open.set(path, opened);
    opened.readers += 1;
    try {
      return await work(await opened.file);
    } catch (cause) {
      // A file that cannot be read now may be there again later.
      this.#leave(path, opened);
      throw cause;
    } finally {
      opened.readers -= 1;
      if (opened.hasLeft) closeUnread(opened);
      else this.#leaveLater(path, opened);
    }
  }

  close(): void {
    for (const [path, opened] of this.#open) this.#leave(path, opened);
  }

  #leaveLater(path: string, opened: Opened): void {
    const timer = this.#timers.get(path);
    if (timer) timer.refresh();
    else this.#timers.set(path, setTimeout(() => this.#leave(path, opened), idleMs).unref());
    const [oldest] = this.#open;
    if (oldest && this.#open.size > mostOpen) this.#leave(...oldest);
  }

  #leave(path: string, opened: Opened): void {
    if (opened.hasLeft) return;
    opened.hasLeft = true;
    this.#open.delete(path);
    clearTimeout(this.#timers.get(path));
    this.#timers.delete(path);
    closeUnread(opened);
  }
}

/** Whoever still reads closes it behind himself. */
function closeUnread({ file, readers }: Opened): void {
  if (readers === 0) void file.then((handle) => handle.close()).catch(() => undefined);
}
