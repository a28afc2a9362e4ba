import { expect, test } from 'vitest';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { withRedis } from '../factories/redis.ts';

const edge = withEdge(withDatabase(), withRedis());

// A rejection that nobody catches afterwards fails the run: vitest counts it as an error of this file.
test('a hub that ends before its sockets have subscribed ends in order', () => {
  expect(edge.io.of('/').sockets.size).toBe(0);
});
