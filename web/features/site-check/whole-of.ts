import { overallOf, type SiteFinding, type Verdict } from '@lianzhen/contracts/site-check-rules.ts';

/** The verdict of a check that has only begun: a fault counts at once, but nothing is good before all of it was tried. */
export function wholeOf(findings: readonly SiteFinding[], isWhole: boolean): Verdict {
  const verdict = overallOf(findings);
  return isWhole || verdict === 'fail' ? verdict : 'skipped';
}
