import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mediaWorkerBin } from '../factories/probe-node.ts';

const missing = existsSync(mediaWorkerBin()) ? undefined : 'there is no media worker';

/** A process of its own: what measures should not share it with a test runner. */
test('what rooms cost', { timeout: 30 * 60_000 }, async ({ skip }) => {
  skip(missing !== undefined, missing);
  const bench = spawn(process.execPath, [join(import.meta.dirname, 'rooms.ts')], { stdio: 'inherit' });
  expect(await once(bench, 'close')).toEqual([0, null]);
});
