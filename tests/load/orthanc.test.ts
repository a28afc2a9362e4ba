import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { missingOrthanc } from '../factories/orthanc-server.ts';

/** A process of its own: what measures should not share it with a test runner. */
test('the hub against Orthanc', { timeout: 60 * 60_000 }, async ({ skip }) => {
  skip(missingOrthanc !== undefined, missingOrthanc);
  const bench = spawn(process.execPath, [join(import.meta.dirname, 'bench.ts')], { stdio: 'inherit' });
  expect(await once(bench, 'close')).toEqual([0, null]);
});
