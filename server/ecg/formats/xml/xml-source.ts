import type { HubError } from '@lianzhen/contracts/errors.ts';
import { ecgInvalid } from '../../ecg-invalid.ts';
import type { TraceFormat, TraceWarning, TraceWarningCode } from '../../trace.ts';

/** What the reading of one file carries along: its format for errors, and what was noticed so far. */
export interface XmlSource {
  readonly format: TraceFormat;
  readonly warnings: TraceWarning[];
}

const mostWarnings = 100;

/** Notes what did not prevent reading. Bounded, so that a forged file cannot fill a trace with warnings. */
export function warn({ warnings }: XmlSource, code: TraceWarningCode, where: string, detail?: string): void {
  const said = { code, where: where.slice(0, 120), ...(detail === undefined ? {} : { detail: detail.slice(0, 120) }) };
  const isKnown = warnings.some((one) => one.code === code && one.where === said.where && one.detail === said.detail);
  if (warnings.length < mostWarnings && !isKnown) warnings.push(said);
}

/** The `ecg-invalid` of this file: names the element, what was expected there and what was found. */
export function xmlInvalid(source: XmlSource, where: string, expected: string, found: string): HubError {
  return ecgInvalid({ format: source.format, where: where.slice(0, 120), expected, found });
}
