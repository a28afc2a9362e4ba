import { expect, test } from 'vitest';
import { readiness } from './health.ts';

test('ready is when everything is', async () => {
  const up = async () => undefined;
  expect(await readiness({ database: up, redis: up })).toEqual({ ready: true, parts: { database: 'up', redis: 'up' } });
});

test('what is down is named, and what hangs counts as down', async () => {
  const parts = {
    database: async () => undefined,
    redis: () => Promise.reject(new Error('refused')),
    mediaWorker: () => new Promise<void>(() => undefined),
    queueConsumers: async () => {
      throw new Error('no sign of life');
    },
  };
  expect(await readiness(parts)).toEqual({
    ready: false,
    parts: { database: 'up', redis: 'down', mediaWorker: 'down', queueConsumers: 'down' },
  });
});
