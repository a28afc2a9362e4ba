import { HubError } from '@lianzhen/contracts/errors.ts';
import type { ReportText } from './report-hash.ts';

export type CompleteText = ReportText & { positive: boolean };

/** @throws `bad-input` naming every part without which nobody may sign */
export function assertComplete<R extends ReportText>(report: R): asserts report is R & CompleteText {
  const missing = [
    ...(report.findings.trim() ? [] : ['findings']),
    ...(report.impression.trim() ? [] : ['impression']),
    ...(report.positive === null ? ['positive'] : []),
    ...(report.critical && !report.criticalText?.trim() ? ['criticalText'] : []),
  ];
  if (missing.length > 0)
    throw new HubError('bad-input', { fields: missing.map((field) => ({ field, expected: 'required' })) });
}
