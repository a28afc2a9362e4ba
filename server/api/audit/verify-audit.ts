import { recordAudit } from '@lianzhen/db/audit.ts';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './store.ts';
import { Heads, type Verdict, verifyChain } from './verify-chain.ts';

/**
 * Walks every chain from its start. What it saw is written into the auditor's own chain, so that the next walk notices a
 * chain that was cut short or written anew in between.
 */
export async function verifyAudit({ db }: Pick<Deps, 'db'>, ctx: Ctx) {
  requireAccess(ctx, 'audit:read');
  const { detail } = (await store.lastVerified(db)) ?? {};
  const known = Heads.catch({}).parse((detail as { heads?: unknown } | undefined)?.heads);
  const found = await store.chains(db);
  const gone = Object.keys(known).filter((name) => !found.some((chain) => chain.name === name));
  const none = { position: null, hash: null, last: null };
  const chains: Verdict[] = [];
  for (const chain of [...found, ...gone.map((name) => ({ ...none, name }))])
    chains.push(await verifyChain(db, chain, known[chain.name]));
  const intact = chains.every((chain) => chain.brokenAt === null);
  await db.transaction((tx) =>
    recordAudit(tx, {
      ...auditOf(ctx),
      action: 'audit.trailVerified',
      outcome: intact ? 'success' : 'failure',
      detail: { chains: chains.length, heads: headsAfter(known, found, chains) },
    }),
  );
  return { intact, chains };
}

/** Of a chain that is broken now, what was seen while it was not. */
function headsAfter(known: Heads, found: store.ChainState[], chains: Verdict[]) {
  const intact = new Set(chains.filter(({ brokenAt }) => brokenAt === null).map(({ name }) => name));
  const seen = found.flatMap(({ name, position, hash }) =>
    intact.has(name) ? [[name, { position, hash }] as const] : [],
  );
  const heads = [...Object.entries(known), ...seen].map(([name, head]) => [
    name,
    { position: String(head.position), hash: head.hash },
  ]);
  return Object.fromEntries(heads);
}
