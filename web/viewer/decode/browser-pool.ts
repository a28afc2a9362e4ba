import { DecodePool, poolSize } from './decode-pool.ts';

let pool: DecodePool | undefined;

/** The page's one pool; every viewer on it shares the workers. */
export function browserPool(): DecodePool {
  pool ??= new DecodePool(
    () => new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module', name: 'viewer-decode' }),
    poolSize(navigator.hardwareConcurrency),
  );
  return pool;
}
