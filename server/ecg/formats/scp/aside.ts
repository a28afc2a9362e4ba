import { HubError } from '@lianzhen/contracts/errors.ts';
import type { TraceWarning } from '../../trace.ts';

/**
 * Reads what stands beside the samples: when that is damaged the trace is still true, so it is left out, and a warning
 * names the place and what was found there.
 */
export function readAside<T>(warnings: TraceWarning[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof HubError && error.code === 'ecg-invalid')) throw error;
    const { where, expected, found, offset } = error.details;
    const detail = `expected ${expected} at byte ${offset}, found ${found}`;
    warnings.push({ code: 'section-skipped', where: String(where), detail });
    return undefined;
  }
}
