import { createLog } from '@lianzhen/platform/log.ts';
import { expect, test } from 'vitest';
import type { WorkerDeps } from './deps.ts';
import { keepSweeping } from './keep-sweeping.ts';

const deps = { config: { HUB_SWEEP_MS: 1 }, log: createLog('test', 'silent') } as WorkerDeps;
/** Rounds that a step was run in, and a promise of the next few. */
function counted(work: () => Promise<void> = async () => undefined) {
  let runs = 0;
  let wanted = 0;
  let told: () => void = () => undefined;
  const run = async () => {
    runs += 1;
    if (runs >= wanted) told();
    await work();
  };
  const after = (rounds: number) =>
    new Promise<void>((resolve) => {
      wanted = runs + rounds;
      told = resolve;
    });
  return { run, after, count: () => runs };
}

test('every step is run again and again, and one that fails keeps none from running', async () => {
  const broken = counted(() => Promise.reject(new Error('no database')));
  const sound = counted();
  const stop = keepSweeping(deps, [
    { name: 'broken', run: broken.run },
    { name: 'sound', run: sound.run },
  ]);
  await Promise.all([broken.after(3), sound.after(3)]);
  await stop();
  expect(Math.abs(broken.count() - sound.count())).toBeLessThanOrEqual(1);
});

test('stopping waits for the step that runs, and begins no other round', async () => {
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  let isDone = false;
  const slow = counted(async () => {
    begin();
    await mayEnd;
    isDone = true;
  });
  const stop = keepSweeping(deps, [{ name: 'slow', run: slow.run }]);
  await begun;
  const stopped = stop();
  end();
  await stopped;
  expect([isDone, slow.count()]).toEqual([true, 1]);
});

test('stopping does not wait for the next round', async () => {
  const step = counted();
  const first = step.after(1);
  const stop = keepSweeping({ ...deps, config: { ...deps.config, HUB_SWEEP_MS: 600_000 } }, [
    { name: 'step', run: step.run },
  ]);
  await first;
  await stop();
  expect(step.count()).toBe(1);
});
