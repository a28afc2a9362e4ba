import { AsyncLocalStorage } from 'node:async_hooks';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool, type PoolClient, type QueryConfig, type QueryResult } from 'pg';
import { driverCause } from './driver-cause.ts';
import { type Prisma, PrismaClient } from './generated/client.ts';

export { Prisma } from './generated/client.ts';

/** Inside a transaction. Stores take this, so that they cannot open one of their own. */
export type Tx = Prisma.TransactionClient;

export interface Db extends Tx {
  /**
   * One short transaction. Serialization failures and deadlocks are tried again: they did nothing.
   * @param work must have no effect outside the database
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The connections below Prisma, for LISTEN and for statements on the hot path. */
  pool: Pool;
  close(): Promise<void>;
}

const transactionAttempts = 4;

/** The transaction that is being begun here, and the connection it got. */
interface Begun {
  connection?: PoolClient;
}
const beginning = new AsyncLocalStorage<Begun>();
const connections = new WeakMap<Tx, PoolClient>();

/**
 * A statement below Prisma in a transaction of `Db.transaction`, for one with much to carry: Prisma turns every
 * parameter into JSON text and back before the driver sees it.
 * @throws what Prisma throws for a transaction that is over: its connection may be somebody else's by then
 */
export async function queryBelow(tx: Tx, query: QueryConfig): Promise<QueryResult> {
  // Prisma alone knows whether it is over, by its time-out for one; its answer and the statement are one turn.
  await tx.$queryRaw`SELECT 1`;
  const connection = connections.get(tx);
  if (!connection) throw new Error('not inside a transaction');
  return connection.query(query);
}

/** @param poolSize connections at the most for this process */
export function connectDb(url: string, poolSize: number): Db {
  const pool = new NotingPool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    // A statement that outlives its caller must not hold locks.
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 30_000,
  });
  // An idle connection that the server drops is replaced by the pool; nobody waits for it.
  pool.on('error', () => undefined);
  const client = new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: 'minimal' });
  const transactOnce = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    const begun: Begun = {};
    const noted = (tx: Tx) => {
      if (begun.connection) connections.set(tx, begun.connection);
      return work(tx);
    };
    return beginning.run(begun, () => client.$transaction(noted, { maxWait: 10_000, timeout: 20_000 }));
  };
  const transaction = async <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await transactOnce(work);
      } catch (cause) {
        if (attempt >= transactionAttempts || !isRetryable(cause)) throw cause;
      }
    }
  };
  return Object.assign(client, {
    transaction,
    pool,
    close: async () => {
      await client.$disconnect();
      if (!pool.ended) await pool.end();
    },
  });
}

/** Tells a transaction that is being begun which connection it got: the first it asks for. */
class NotingPool extends Pool {
  override connect(): Promise<PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<PoolClient> | undefined {
    if (callback) {
      super.connect(callback);
      return undefined;
    }
    return super.connect().then((connection) => {
      const begun = beginning.getStore();
      if (begun) begun.connection ??= connection;
      return connection;
    });
  }
}

type ConnectCallback = Parameters<Pool['connect']>[0];

/** What Prisma says a query failed of, and below it what the driver said, if it came that far. */
function failureOf(cause: unknown) {
  const { code } = (cause ?? {}) as { code?: string };
  const { kind, originalCode } = driverCause(cause);
  return { code, kind, sqlState: originalCode };
}

const retryable = ['P2034', '40001', '40P01'];

/** Write conflicts and deadlocks. Prisma has a code for them (P2034) except where the statement was raw SQL, or below it. */
function isRetryable(cause: unknown): boolean {
  const { code, kind, sqlState } = failureOf(cause);
  return kind === 'TransactionWriteConflict' || [code, sqlState].some((one) => retryable.includes(one ?? ''));
}

/** A unique key was there already. */
export function isUniqueViolation(cause: unknown): boolean {
  const { code, kind } = failureOf(cause);
  return code === 'P2002' || kind === 'UniqueConstraintViolation';
}

/** Something was named that is not there. */
export function isForeignKeyViolation(cause: unknown): boolean {
  const { code, kind } = failureOf(cause);
  return code === 'P2003' || kind === 'ForeignKeyConstraintViolation';
}
