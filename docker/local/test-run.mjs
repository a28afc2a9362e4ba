/** Installs what the suites need, runs them through turbo, and adds up what they found. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInForeground } from './foreground.mjs';
import { describeProblems, findTestProblems } from './preflight.mjs';
import { prepareCode, prepareHub, projectEnv, projectNode } from './prepare.mjs';
import { chooseSuites, suites } from './suites.mjs';
import { addUp, closingLine, forgetTallies, readTally, tallyFile } from './tally.mjs';
import { ensureTools } from './tools.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const say = (/** @type {string} */ line) => console.log(line);

/**
 * Ends the run; nothing is printed after the closing line.
 * @param {{ passed: number, failed: number, skipped: number }} sum
 */
function close(sum) {
  say(closingLine(sum));
  process.exit(sum.failed === 0 ? 0 : 1);
}

/** @param {unknown} error */
const message = (error) => (error instanceof Error ? error.message : String(error));

/**
 * What the chosen suites run in: tools on the PATH, the media worker, the corpus, and the names of what is missing.
 * @param {string[]} chosen
 */
async function prepare(chosen) {
  const env = projectEnv(root, process.env);
  await prepareCode({ root, say, env: process.env });
  const missing = ensureTools(chosen, say);
  for (const { name, why } of missing) say(`skipped: everything that needs ${name} (${why})`);
  const mediaWorker = chosen.some((name) => suites[name]?.needsHub)
    ? (await prepareHub({ root, say, env: process.env })).mediaWorker
    : undefined;
  const corpus = resolve(env.HUB_CORPUS || join(root, '..', 'shared', 'data'));
  return {
    ...env,
    HUB_MISSING_TOOLS: missing.map(({ name }) => name).join(','),
    ...(existsSync(corpus) ? { HUB_CORPUS: corpus } : {}),
    ...(mediaWorker ? { MEDIASOUP_WORKER_BIN: mediaWorker } : {}),
    // Nothing of a test run leaves this machine.
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    DO_NOT_TRACK: '1',
  };
}

/**
 * Runs suites that may run side by side. True when all of them ended well.
 * @param {string[]} names
 * @param {NodeJS.ProcessEnv} env
 * @param {number} concurrency
 */
function runTogether(names, env, concurrency) {
  if (names.length === 0) return true;
  const flags = [
    '--continue=always',
    `--concurrency=${concurrency}`,
    '--ui=stream',
    '--log-order=grouped',
    '--log-prefix=none',
  ];
  const turbo = join(root, 'node_modules', '.bin', 'turbo');
  return runInForeground(turbo, ['run', ...names.map((name) => `//#${name}`), ...flags], { cwd: root, env });
}

/**
 * A bench is never answered from the cache, so turbo has no part in it.
 * @param {NodeJS.ProcessEnv} env
 */
function runBench(env) {
  return runInForeground(projectNode(root), [join(root, 'docker', 'local', 'suite.mjs'), 'bench'], { cwd: root, env });
}

try {
  const chosen = chooseSuites(process.argv.slice(2));
  const problems = findTestProblems({ root });
  if (problems.length > 0) throw new Error(describeProblems(problems));
  const env = await prepare(chosen);
  forgetTallies(root, chosen);
  // The first ones share nothing; the others each take the machine for themselves, because they kill and measure.
  const isWhole = (/** @type {string} */ name) => suites[name]?.needsHub === true && name !== 'bench';
  const quick = await runTogether(
    chosen.filter((name) => suites[name]?.needsHub === false),
    env,
    2,
  );
  const whole = await runTogether(chosen.filter(isWhole), env, 1);
  const bench = !chosen.includes('bench') || (await runBench(env));
  const results = chosen.map((suite) => ({ suite, tally: readTally(tallyFile(root, suite)) }));
  say('');
  for (const { suite, tally } of results) {
    say(`${suite} · ${tally ? closingLine({ ...tally, skipped: tally.skipped.length }) : 'broke off'}`);
    for (const { test, why } of tally?.skipped ?? []) say(`  skipped: ${test} (${why})`);
    for (const { test, file, why } of tally?.failures ?? [])
      say(`  failed: ${file} > ${test}\n${why.replace(/^/gm, '    ')}`);
  }
  close(addUp(results, quick && whole && bench));
} catch (error) {
  console.error(`✗ ${message(error)}`);
  close({ passed: 0, failed: 1, skipped: 0 });
}
