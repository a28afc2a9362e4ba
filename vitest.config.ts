import { defineConfig } from 'vitest/config';

const minute = 60_000;

/** What is waited for comes when it comes: only what never comes is a failure, on a busy machine as well. */
const patient = { poll: { timeout: minute / 2 } };

/**
 * Files that follow each other in one process: what they test is loaded and compiled once, half of what hundreds of small
 * files cost. They leave nothing behind that the next could see: no clock, no global, no variable of the environment.
 */
const shared = { isolate: false };

interface Whole {
  globalSetup?: string[];
  /** How many files run side by side: each has stores and ports of its own, and much of their time is waiting. */
  atOnce?: number;
  isolate?: boolean;
}

/** Tests that start whole hubs, with time for a slow machine. What kills and measures has the machine for itself. */
const whole = (
  name: string,
  folder: string,
  timeout: number,
  { globalSetup = [], atOnce = 1, isolate = true }: Whole = {},
) => ({
  test: {
    name,
    globalSetup,
    include: [`tests/${folder}/**/*.test.ts`],
    isolate,
    fileParallelism: atOnce > 1,
    maxWorkers: atOnce,
    testTimeout: timeout,
    hookTimeout: timeout,
    expect: patient,
  },
});

const demoStore = ['tests/factories/demo-store.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{server,workers,prisma,web,docker}/**/*.test.{ts,tsx}', 'tests/{factories,sims}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**', '**/generated/**'],
          // By itself vitest leaves one processor to the editor beside it: of two, half.
          maxWorkers: '100%',
          ...shared,
          testTimeout: minute,
          hookTimeout: minute,
          expect: patient,
        },
      },
      {
        test: {
          name: 'architecture',
          include: ['tests/architecture/**/*.test.ts'],
          testTimeout: minute,
          hookTimeout: minute,
        },
      },
      // One PostgreSQL for the whole run; each file has a database of its own on it.
      whole('flows', 'flows', 2 * minute, { globalSetup: ['tests/factories/cluster.ts'], atOnce: 2, ...shared }),
      whole('e2e', 'e2e', 5 * minute, { globalSetup: demoStore }),
      whole('peers', 'peers', 5 * minute, { globalSetup: demoStore, atOnce: 2 }),
      whole('faults', 'faults', 15 * minute),
      whole('bench', 'load', 30 * minute),
    ],
  },
});
