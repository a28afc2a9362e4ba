import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Deps } from '../deps.ts';

/** A node that said nothing for this long is dead: its rooms are opened on another. */
const nodeTtlMs = 6000;
const beatEveryMs = 2000;
/** A room that nobody enters for a day belongs to no node. */
const pinTtlMs = 86_400_000;

const MediaNode = z.object({
  /** Where the http role reaches the sockets of its rooms. */
  url: z.url(),
  rooms: z.number().int().min(0),
  people: z.number().int().min(0).default(0),
  workers: z.number().int().min(0).default(0),
  producers: z.number().int().min(0).default(0),
  consumers: z.number().int().min(0).default(0),
});
export type MediaNode = z.infer<typeof MediaNode>;

const nodesKey = 'lianzhen:media-nodes';
const nodeKey = (nodeId: string) => `lianzhen:media-node:${nodeId}`;
const pinKey = (consultationId: string) => `lianzhen:media-room:${consultationId}`;

/** Says every two seconds that this node lives, where, and how many rooms it has. Returns how to stop, which is said too. */
export async function keepNode(
  redis: Redis,
  nodeId: string,
  describe: () => z.input<typeof MediaNode>,
): Promise<() => Promise<void>> {
  const say = async () => {
    await redis.set(nodeKey(nodeId), JSON.stringify(describe()), 'PX', nodeTtlMs);
    await redis.zadd(nodesKey, Date.now(), nodeId);
  };
  // A beat that fails is missed by the reader, which is the whole of its meaning. The first one is at once: a node that
  // was started again listens on another port than the one that is known.
  await say().catch(() => undefined);
  const timer = setInterval(() => void say().catch(() => undefined), beatEveryMs);
  return async () => {
    clearInterval(timer);
    await redis.del(nodeKey(nodeId)).catch(() => undefined);
  };
}

/** Where a node is, if it lives. */
export async function findNode(redis: Redis, nodeId: string): Promise<MediaNode | undefined> {
  const text = await redis.get(nodeKey(nodeId));
  return text === null ? undefined : MediaNode.parse(JSON.parse(text));
}

/** Every node that lives. */
export async function livingNodes(redis: Redis): Promise<{ id: string; node: MediaNode }[]> {
  const known = await redis.zrevrange(nodesKey, 0, 63);
  const nodes = await Promise.all(known.map(async (id) => ({ id, node: await findNode(redis, id) })));
  return nodes.flatMap(({ id, node }) => (node ? [{ id, node }] : []));
}

/** Both askers at once get the same node: whoever comes second finds the pin of the first. */
const pinScript = `
local pinned = redis.call('GET', KEYS[1])
if pinned and redis.call('EXISTS', ARGV[3] .. pinned) == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return pinned
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return ARGV[1]`;

/**
 * The node that holds a consultation's room: the one it is pinned to while that lives, else the living one with the
 * fewest rooms, to which it is pinned from now on.
 * @throws `unavailable` where no node lives
 */
export async function chooseNode({ redis }: Pick<Deps, 'redis'>, consultationId: string): Promise<string> {
  const alive = (await livingNodes(redis)).map(({ id, node }) => ({ id, rooms: node.rooms }));
  const [least] = alive.sort((a, b) => a.rooms - b.rooms || a.id.localeCompare(b.id));
  if (!least) throw new HubError('unavailable', { part: 'media' });
  const pinned = await redis.eval(pinScript, 1, pinKey(consultationId), least.id, pinTtlMs, nodeKey(''));
  return String(pinned);
}

/** The node that a room is pinned to now: a node that was thought dead finds its rooms elsewhere. */
export const pinnedNode = (redis: Redis, consultationId: string): Promise<string | null> =>
  redis.get(pinKey(consultationId));
