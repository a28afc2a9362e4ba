import type { WorkerDeps } from './deps.ts';

/** Finds what a lost or late job would have done. Each step must be right however often it runs. */
export interface SweepStep {
  name: string;
  run: (deps: WorkerDeps) => Promise<void>;
}

/**
 * Runs every step again and again. The clock is this process's own and truth is in PostgreSQL, so that deadlines and
 * leases do not hang on Redis. Several processes may sweep: the steps take rows with SKIP LOCKED.
 * @returns how to stop
 */
export function keepSweeping(deps: WorkerDeps, steps: readonly SweepStep[]): () => Promise<void> {
  let isEnded = false;
  let wake: () => void = () => undefined;
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, deps.config.HUB_SWEEP_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = async () => {
    while (!isEnded) {
      for (const step of steps) {
        // One step that cannot run must not keep the others from running.
        await step.run(deps).catch((err) => deps.log.warn({ err, job: step.name }, 'sweeping step failed'));
      }
      if (!isEnded) await pause();
    }
  };
  const running = loop();
  return async () => {
    isEnded = true;
    wake();
    await running;
  };
}
