import { expect, test } from 'vitest';
import type { WorkerDeps } from '../deps.ts';
import { sweepWith } from './sweep.ts';

const deps = {} as WorkerDeps;

test('every step runs, and a failure is not lost', async () => {
  const ran: string[] = [];
  const step = (name: string, fails = false) => ({
    name,
    run: async () => {
      ran.push(name);
      if (fails) throw new Error(name);
    },
  });
  await expect(sweepWith([step('a', true), step('b'), step('c', true)])(deps)).rejects.toThrow(
    '2 sweeping steps failed',
  );
  expect(ran).toEqual(['a', 'b', 'c']);
  await expect(sweepWith([step('d')])(deps)).resolves.toBeUndefined();
});
