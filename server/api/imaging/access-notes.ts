import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Db } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx } from '../context.ts';

interface ReadStudy {
  id: string;
  facilityId: string;
  patientId: string | null;
}

const mostKept = 20_000;

/**
 * Whoever opens a study is written down once, not with each of its frames: the same caller's next requests for it within
 * ten minutes are part of the same look.
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
  async note(ctx: Ctx, study: ReadStudy): Promise<void> {
    const key = `${callerOf(ctx)} ${study.id}`;
    const now = performance.now();
    if (now - (this.#seen.get(key) ?? Number.NEGATIVE_INFINITY) < this.onceInMs) return;
    await this.db.transaction((tx) =>
      recordAudit(tx, {
        ...auditOf(ctx),
        action: 'imaging.studyRead',
        patientId: study.patientId,
        objectType: 'study',
        objectId: study.id,
      }),
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
