import { expect, test } from 'vitest';
import { within } from './queues.ts';

test('what is done in time is answered', async () => {
  await expect(within(10_000, async () => 'done')).resolves.toBe('done');
  await expect(within(10_000, () => Promise.reject(new Error('its own')))).rejects.toThrow('its own');
});

test('a call that hangs and does not listen fails all the same, and is told so', async () => {
  let told: unknown;
  const hung = within(5, (signal) => {
    signal.addEventListener('abort', () => {
      told = signal.reason;
    });
    return new Promise<never>(() => undefined);
  });
  await expect(hung).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(told).toMatchObject({ name: 'TimeoutError' });
});
