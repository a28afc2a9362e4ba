import { createHash } from 'node:crypto';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './store.ts';

export interface Verdict {
  name: string;
  entries: number;
  brokenAt: string | null;
  why: string | null;
}

/**
 * Walks every chain from its start and computes each hash here, apart from the database that wrote it:
 * SHA-256 over the previous hash and the columns, joined by U+001F, nulls as U+001E.
 */
export async function verifyAudit({ db }: Pick<Deps, 'db'>, ctx: Ctx) {
  requireAccess(ctx, 'audit:read');
  const chains: Verdict[] = [];
  for (const head of await store.chains(db)) chains.push(await verifyChain(db, head));
  const intact = chains.every((chain) => chain.brokenAt === null);
  await db.transaction((tx) =>
    recordAudit(tx, {
      ...auditOf(ctx),
      action: 'audit.trailVerified',
      outcome: intact ? 'success' : 'failure',
      detail: { chains: chains.length },
    }),
  );
  return { intact, chains };
}

export const entryHash = (previousHash: string, columns: Array<string | null>): string =>
  createHash('sha256')
    .update([previousHash, ...columns].map((column) => column ?? '\u001e').join('\u001f'))
    .digest('hex');

async function verifyChain(tx: Tx, head: { name: string; position: bigint; hash: string }): Promise<Verdict> {
  let position = 0n;
  let hash = '';
  const broken = (at: bigint, why: string): Verdict => ({
    name: head.name,
    entries: Number(position),
    brokenAt: String(at),
    why,
  });
  // Up to the head as it was read: what is written while we walk belongs to the next walk.
  while (position < head.position) {
    const rows = await store.stretch(tx, head.name, position, 1000);
    if (rows.length === 0) return broken(position + 1n, 'missing');
    for (const row of rows) {
      if (row.position !== position + 1n) return broken(position + 1n, 'missing');
      if (row.previousHash !== hash) return broken(row.position, 'not linked to the one before');
      if (entryHash(hash, row.columns) !== row.hash) return broken(row.position, 'changed');
      position = row.position;
      hash = row.hash;
      if (position === head.position) break;
    }
  }
  return hash === head.hash
    ? { name: head.name, entries: Number(position), brokenAt: null, why: null }
    : broken(position, 'the head does not agree');
}
