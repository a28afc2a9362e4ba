import type { Db } from '@lianzhen/db/client.ts';
import { recordRead } from '../audit/record-read.ts';
import type { Ctx } from '../context.ts';

interface ReadStudy {
  id: string;
  facilityId: string;
  patientId: string | null;
}

const mostKept = 20_000;

/**
 * Whoever opens a study is written down once, not with each of its frames: the same caller's next requests for it within
 * ten minutes are part of the same look. What is remembered here costs a frame no question to the database.
 */
export class AccessNotes {
  readonly #seen = new Map<string, number>();
  private readonly db: Db;
  private readonly onceInMs: number;

  constructor(db: Db, onceInMs = 600_000) {
    this.db = db;
    this.onceInMs = onceInMs;
  }

  /** Resolves when the access is on record; a request must not be answered before. */
  async note(ctx: Ctx, { id, patientId }: ReadStudy): Promise<void> {
    const key = `${callerOf(ctx)} ${id}`;
    const now = performance.now();
    if (now - (this.#seen.get(key) ?? Number.NEGATIVE_INFINITY) < this.onceInMs) return;
    await this.db.transaction((tx) =>
      recordRead(tx, ctx, { action: 'imaging.studyRead', patientId, objectType: 'study', objectId: id }),
    );
    this.#seen.delete(key);
    this.#seen.set(key, now);
    for (const oldest of this.#seen.keys()) {
      if (this.#seen.size <= mostKept) break;
      this.#seen.delete(oldest);
    }
  }
}

function callerOf({ actor }: Ctx): string {
  if (actor.kind === 'person') return actor.sessionHash;
  return actor.kind === 'machine' ? actor.tokenId : actor.kind;
}
