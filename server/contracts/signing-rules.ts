import { isSenior } from './identity.ts';
import type { Signatures } from './signatures.ts';

/**
 * Whether a writer's signature is the last one: the centre says so, and the writer may review others' reports as well.
 * What is critical has always two.
 */
export const signsAlone = (
  signatures: Signatures,
  report: { positive: boolean | null; critical: boolean },
  title: string | null | undefined,
): boolean =>
  isSenior(title) &&
  !report.critical &&
  (signatures === 'one' || (signatures === 'one-when-normal' && report.positive === false));

/** A correction of a signed report that nobody has signed yet, or that its reviewer sent back: it may be given up. */
export const isOpenCorrection = (report: { state: string; amendmentReason: string | null }): boolean =>
  report.amendmentReason !== null && (report.state === 'draft' || report.state === 'rejected');
