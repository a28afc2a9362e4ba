import { HubError } from '@lianzhen/contracts/errors.ts';

/** Where a file is not what its format says it must be. Offsets count from the first byte of the file. */
export interface EcgDefect {
  format: string;
  /** The section, element or tag. */
  where: string;
  expected: string;
  found: string;
  offset?: number | undefined;
}

/** The error for a trace that cannot be read without guessing: names the place, what was expected there and what was found. */
export function ecgInvalid({ format, where, expected, found, offset }: EcgDefect, cause?: unknown): HubError {
  // What was found comes from outside: bounded, so that neither an answer nor a log can be flooded with it.
  const details = { format, where, expected, found: found.slice(0, 80), offset };
  return new HubError('ecg-invalid', details, cause === undefined ? undefined : { cause });
}
