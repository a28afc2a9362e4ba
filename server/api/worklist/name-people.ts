import type { Tx } from '@lianzhen/db/client.ts';
import * as store from './store.ts';

/** The display names of accounts, by id. Empty ids are left out; who is gone has no entry. */
export async function namePeople(tx: Tx, ids: ReadonlyArray<string | null>): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = await store.accounts(tx, wanted);
  return new Map(rows.map((row) => [row.id, row.displayName]));
}
