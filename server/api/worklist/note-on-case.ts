import type { Tx } from '@lianzhen/db/client.ts';
import type { Told } from './move-case.ts';
import * as store from './store.ts';

/** Writes into a case's history without moving it. The same person's same act in a row is told once. */
export async function noteOnCase(tx: Tx, caseId: string, told: Told): Promise<void> {
  const last = await store.lastEvent(tx, caseId);
  const byId = told.by?.accountId ?? null;
  if (last?.kind === told.kind && last.byId === byId) return;
  const { kind, at } = told;
  await store.addEvent(tx, caseId, {
    kind,
    at,
    byId,
    byName: told.by?.displayName ?? null,
    reason: told.reason ?? null,
  });
}
