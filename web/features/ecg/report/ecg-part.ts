import type { StatementView, TraceRow, TraceView } from '@lianzhen/contracts/ecg.ts';
import type { EcgPart } from '@lianzhen/contracts/ecg-report.ts';
import { recombine, type Said, verdictOf } from '../conclusion.ts';
import { findingsText, isProposed } from '../findings-text.ts';
import { newestSet, numbersOf } from '../numbers.ts';
import type { Body } from './form-props.ts';

type Change = Partial<Body & { ecg: EcgPart | null }>;

/** The part of a report that is about this trace; what was concluded already is kept. */
export function partOf(view: TraceView, before: EcgPart | null): EcgPart {
  const set = newestSet(view);
  return {
    traceId: view.id,
    sopInstanceUid: view.sopInstanceUid,
    studyInstanceUid: view.studyInstanceUid,
    acquiredAt: view.acquiredAt,
    numbers: numbersOf(set?.measurements ?? null, before?.numbers.qtcFormula),
    numbersBy: set?.authorId ? 'person' : 'automatic',
    statements: before?.statements ?? [],
    comparison: before?.comparison ?? '',
    comparedWith: before?.comparedWith ?? null,
  };
}

/** Other numbers in the report; findings that are still the proposal for the old ones follow them. */
export function withNumbers(body: Body, ecg: EcgPart, part: Pick<EcgPart, 'numbers' | 'numbersBy'>): Change {
  const isOld = body.findings.trim() !== '' && isProposed(body.findings, ecg.numbers);
  return { ecg: { ...ecg, ...part }, ...(isOld ? { findings: findingsText(part.numbers) } : {}) };
}

/**
 * The report after its coded sentences have changed: the impression says them, the verdict follows from them, and empty
 * findings become what was measured. A critical line that a person wrote stays.
 */
export function withStatements(
  body: Body,
  ecg: EcgPart,
  statements: readonly Said[],
  library: readonly StatementView[],
): Change {
  const before = verdictOf(ecg.statements, library);
  const after = verdictOf(statements, library);
  const isOwnCritical = body.critical && (!before.critical || body.criticalText !== before.criticalText);
  return {
    ecg: { ...ecg, statements: [...statements] },
    impression: recombine(body.impression, ecg.statements, statements),
    findings: body.findings.trim() ? body.findings : findingsText(ecg.numbers),
    positive: after.positive,
    ...(isOwnCritical ? {} : { critical: after.critical, criticalText: after.criticalText }),
  };
}

/** The comparison with an earlier trace, in words. */
export const withComparison = (ecg: EcgPart, comparison: string, earlier: TraceRow | undefined): Change => ({
  ecg: {
    ...ecg,
    comparison,
    comparedWith:
      comparison.trim() === ''
        ? null
        : earlier
          ? { traceId: earlier.id, acquiredAt: earlier.acquiredAt, facilityName: earlier.facilityName }
          : ecg.comparedWith,
  },
});
