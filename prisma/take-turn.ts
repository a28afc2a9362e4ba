import type { Tx } from './client.ts';

/** Whoever fills an empty store waits for whoever does so already; the turn ends with the transaction. */
export const takeTurn = (tx: Tx) => tx.$executeRaw`SELECT pg_advisory_xact_lock(20261122)`;
