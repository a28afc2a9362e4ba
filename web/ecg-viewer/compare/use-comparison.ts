import { type Comparison, compareTraces } from '@lianzhen/ecg/signal/compare-traces.ts';
import { useMemo } from 'react';
import type { Measuring } from '../measuring/use-measuring.ts';
import type { ReadyEarlier } from './use-earlier.ts';

/** The earlier trace against the present one with its points where they are now; null until both are measured. */
export function useComparison({ measurements, median }: Measuring, earlier: ReadyEarlier): Comparison | null {
  return useMemo(
    () => (measurements ? compareTraces(earlier, { measurements, median }) : null),
    [measurements, median, earlier],
  );
}
