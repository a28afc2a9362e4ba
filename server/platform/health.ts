import type { Redis } from 'ioredis';

/** How long a role counts as up after its last sign of life. */
const heartbeatTtlMs = 6000;
const heartbeatKey = (part: string) => `lianzhen:up:${part}`;

/** Says every two seconds that a part of the hub is up, as long as `isUp` answers true. Returns how to stop. */
export function beat(redis: Redis, part: string, isUp: () => boolean | Promise<boolean>): () => void {
  const say = async () => {
    if (await isUp()) await redis.set(heartbeatKey(part), '1', 'PX', heartbeatTtlMs);
  };
  // A beat that fails is missed by the reader, which is the whole of its meaning.
  const timer = setInterval(() => void say().catch(() => undefined), 2000);
  void say().catch(() => undefined);
  return () => clearInterval(timer);
}

export type Check = () => Promise<void>;

/** A check that a part beat lately. */
export const heardFrom =
  (redis: Redis, part: string): Check =>
  async () => {
    if ((await redis.exists(heartbeatKey(part))) !== 1) throw new Error('no sign of life');
  };

export interface Readiness {
  ready: boolean;
  parts: Record<string, 'up' | 'down'>;
}

/** Runs every check at once, each within two seconds. */
export async function readiness(checks: Record<string, Check>): Promise<Readiness> {
  const parts = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 2000).unref());
      const up = await Promise.race([check(), late]).then(
        () => true,
        () => false,
      );
      return [name, up ? 'up' : 'down'] as const;
    }),
  );
  return { ready: parts.every(([, state]) => state === 'up'), parts: Object.fromEntries(parts) };
}
