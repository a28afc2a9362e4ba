import { askedByNode } from '@lianzhen/platform/metrics.ts';
import type { Redis } from 'ioredis';
import { livingNodes } from './media-nodes.ts';

const counted = {
  rooms: 'Open consultation rooms',
  people: 'People in rooms or waiting before them',
  workers: 'Media workers that live',
  producers: 'Streams that people send',
  consumers: 'Streams that are sent to people',
} as const;

/** What every media node last said of itself, as /metrics of the http role tells it. */
export function measureMediaNodes(redis: Redis): void {
  for (const [name, help] of Object.entries(counted) as [keyof typeof counted, string][])
    askedByNode(`hub_media_${name}`, help, async () => {
      // Without Redis nothing is known of the nodes, and nothing is said.
      const nodes = await livingNodes(redis).catch(() => []);
      return nodes.map(({ id, node }) => ({ node: id, value: node[name] }));
    });
}
