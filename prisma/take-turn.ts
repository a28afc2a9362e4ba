import type { Tx } from './client.ts';

/**
 * Waits for whoever has this turn already; it ends with the transaction.
 * @param what a name for what only one may do at a time
 */
export const takeTurn = (tx: Tx, what: string) =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${what}, 0))`;

/** An empty store is filled by one alone. */
export const fillingStore = 'filling the store';
