import { startPrivatePostgres } from '../../docker/local/private-postgres.ts';

/** Where a PostgreSQL that is up already is found: set by `setup`, or by whoever wants the suites to use his own. */
export const clusterVariable = 'HUB_TEST_POSTGRES';

export interface Cluster {
  /** Of its maintenance database, as a superuser. */
  url: string;
  stop(): Promise<void>;
}

/** A throw-away PostgreSQL on a free port. It does not sync: it holds nothing that should survive. */
export async function startCluster(): Promise<Cluster> {
  const server = await startPrivatePostgres();
  return { url: server.url('postgres'), stop: server.stop };
}

/** Vitest's global set-up: one cluster for the whole run, whose files then find it in the environment. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[clusterVariable]) return undefined;
  const cluster = await startCluster();
  process.env[clusterVariable] = cluster.url;
  return cluster.stop;
}
