import type { InstanceBytes } from '@lianzhen/contracts/instance-bytes.ts';
import type { Db } from '@lianzhen/db/client.ts';
import { bytesOf, type RetrievedInstance } from './retrieve-store.ts';

const mostKept = 200;
/** A table of thousands of frames is worth remembering, but not many of them. */
const mostFrames = 200_000;

/** Where the frames of recently read instances lie: a cine run asks for hundreds of frames of one instance. */
export class FrameTables {
  readonly #tables = new Map<string, InstanceBytes>();
  #frames = 0;
  private readonly db: Pick<Db, 'pool'>;

  constructor(db: Pick<Db, 'pool'>) {
    this.db = db;
  }

  async of({ id, sha256 }: RetrievedInstance): Promise<InstanceBytes> {
    // A decision may put other bytes under the same instance.
    const key = `${id} ${sha256}`;
    const known = this.#tables.get(key);
    if (known) return known;
    const table = await bytesOf(this.db, id);
    if (this.#tables.has(key)) return table;
    this.#tables.set(key, table);
    this.#frames += table.frames.length;
    for (const [oldest, { frames }] of this.#tables) {
      if (this.#tables.size <= mostKept && this.#frames <= mostFrames) break;
      this.#tables.delete(oldest);
      this.#frames -= frames.length;
    }
    return table;
  }
}
