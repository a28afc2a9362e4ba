import { createHash } from 'node:crypto';
import type { Tx } from '@lianzhen/db/client.ts';
import { z } from 'zod';
import * as store from './store.ts';

export interface Verdict {
  name: string;
  entries: number;
  brokenAt: string | null;
  why: string | null;
}

/** Of each chain, how far it went and the hash it had there when it was last found intact. */
export const Heads = z.record(z.string(), z.object({ position: z.coerce.bigint(), hash: z.string() }));
export type Heads = z.infer<typeof Heads>;

/** SHA-256 over the previous hash and the columns, joined by U+001F, nulls as U+001E: as the trigger computes it. */
export const entryHash = (previousHash: string, columns: Array<string | null>): string =>
  createHash('sha256')
    .update([previousHash, ...columns].map((column) => column ?? '\u001e').join('\u001f'))
    .digest('hex');

/**
 * Walks one chain from its start and computes each hash here, apart from the database that wrote it.
 * @param known what an earlier verification saw: who rewrites a chain can make new hashes, but not the old one
 */
export async function verifyChain(tx: Tx, chain: store.ChainState, known: Heads[string] | undefined): Promise<Verdict> {
  const { name } = chain;
  let position = 0n;
  let hash = '';
  const broken = (at: bigint, why: string): Verdict => ({ name, entries: Number(position), brokenAt: String(at), why });
  const end = chain.position ?? 0n;
  // Up to the head as it was read: what is written while we walk belongs to the next walk.
  while (position < end) {
    const rows = await store.stretch(tx, name, position, 1000);
    if (rows.length === 0) return broken(position + 1n, 'missing');
    for (const row of rows) {
      if (row.position !== position + 1n) return broken(position + 1n, 'missing');
      if (row.previousHash !== hash) return broken(row.position, 'not linked to the one before');
      if (entryHash(hash, row.columns) !== row.hash) return broken(row.position, 'changed');
      if (row.position === known?.position && row.hash !== known.hash) return broken(row.position, 'rewritten');
      position = row.position;
      hash = row.hash;
      if (position === end) break;
    }
  }
  if (chain.position === null) return broken(1n, 'the head is missing');
  if (hash !== chain.hash) return broken(position, 'the head does not agree');
  if ((chain.last ?? 0n) > position) return broken(position + 1n, 'behind the head');
  if ((known?.position ?? 0n) > position) return broken(position + 1n, 'missing');
  return { name, entries: Number(position), brokenAt: null, why: null };
}
