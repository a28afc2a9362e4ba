/**
 * From a fresh clone to a running hub, with nothing installed but Node, npm and (on Debian) apt. What is wrong with the
 * machine is told before anything else happens.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const say = (/** @type {string} */ line) => console.log(line);

const { findProblems, describeProblems } = await import('./preflight.mjs');
const { clearLeftovers } = await import('./hub-lock.mjs');
const { readSettings } = await import('./settings.mjs');

// A hub that was killed may still hold its ports.
await clearLeftovers(readSettings(process.env, root).dataDir);
const problems = await findProblems({ env: process.env, root });
if (problems.length > 0) {
  console.error(describeProblems(problems));
  process.exit(1);
}

const { prepareCode, prepareHub, projectEnv, projectNode } = await import('./prepare.mjs');
try {
  await prepareCode({ root, say, env: process.env });
  const { mediaWorker } = await prepareHub({ root, say, env: process.env });
  const { handOver } = await import('./hand-over.mjs');
  handOver(projectNode(root), fileURLToPath(new URL('run.ts', import.meta.url)), {
    ...projectEnv(root, process.env),
    MEDIASOUP_WORKER_BIN: mediaWorker,
  });
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
