import { stripVTControlCharacters } from 'node:util';
import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node';
import { type Failure, type Skip, writeTally } from './tally.mjs';

/** A whole group that is skipped carries no note; what is missing on this machine is then the likely reason. */
const unsaid = () => (process.env.HUB_MISSING_TOOLS ? `missing: ${process.env.HUB_MISSING_TOOLS}` : 'no reason given');

const longestReason = 2_000;

/** The first error of a failed test, with the line of the test where it was met. */
function failureOf(test: TestCase): Failure[] {
  const result = test.result();
  if (result.state !== 'failed') return [];
  const [error] = result.errors;
  const line = error?.stacks?.find(({ file }) => file === test.module.moduleId)?.line;
  const why = [error?.message ?? 'no error was given', error?.diff ?? ''].filter(Boolean).join('\n');
  return [
    {
      test: test.fullName,
      file: `${test.module.relativeModuleId}${line ? `:${line}` : ''}`,
      why: stripVTControlCharacters(why).slice(0, longestReason),
    },
  ];
}

/**
 * A vitest reporter beside the usual one: says what was skipped and why, and leaves the numbers in the file that
 * `HUB_TALLY` names.
 */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[], reason: TestRunEndReason): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const results = tests.map((test) => ({ test: test.fullName, result: test.result() }));
    const skipped: Skip[] = results.flatMap(({ test, result }) =>
      result.state === 'skipped' ? [{ test, why: result.note ?? unsaid() }] : [],
    );
    const failures = tests.flatMap(failureOf);
    // A file that could not even be loaded holds no test that could fail.
    const broken = modules.filter((module) => module.state() === 'failed' && module.errors().length > 0).length;
    const passed = results.filter(({ result }) => result.state === 'passed').length;
    for (const { test, why } of skipped) console.log(`skipped: ${test} (${why})`);
    if (results.length === 0 && reason !== 'failed') console.log('this suite has no test yet');
    const file = process.env.HUB_TALLY;
    const failed = failures.length + broken + (unhandled.length > 0 ? 1 : 0);
    if (file) writeTally(file, { passed, failed, skipped, failures });
  }
}
