import { type AuditFact, recordAudit } from '@lianzhen/db/audit.ts';
import type { Db } from '@lianzhen/db/client.ts';

export interface Reception {
  stored: number;
  duplicate: number;
  refused: number;
  studies: Set<string>;
}

export const newReception = (): Reception => ({ stored: 0, duplicate: 0, refused: 0, studies: new Set() });

/** More studies than this in one reception are counted only. */
const mostNamed = 50;

/**
 * One audit fact for what one sender sent in one go; who sent each instance is told by its own row. Written after the
 * instances are safe: they must not wait for the chain of their facility.
 */
export async function auditReception(db: Db, actor: AuditFact, reception: Reception): Promise<void> {
  const { stored, duplicate, refused, studies } = reception;
  if (stored + duplicate + refused === 0) return;
  const outcome = stored + duplicate > 0 ? 'success' : 'refused';
  const detail = { stored, duplicate, refused, studyCount: studies.size, studies: [...studies].slice(0, mostNamed) };
  // Without a transaction around it: every upload ends in this one statement.
  await recordAudit(db, { ...actor, outcome, detail });
}
