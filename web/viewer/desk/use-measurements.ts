import { type Dispatch, useEffect, useReducer, useRef } from 'react';
import { type MeasurementAction, type MeasurementBook, measurementReducer, openBook } from '../measurements.ts';
import type { Measurement } from '../state.ts';

/** The measurements of a viewer, led from outside in the same way as its state. */
export function useMeasurements(
  outside: readonly Measurement[] | undefined,
  onMeasurements: ((measurements: readonly Measurement[]) => void) | undefined,
): [MeasurementBook, Dispatch<MeasurementAction>] {
  const [book, dispatch] = useReducer(measurementReducer, outside, openBook);
  const told = useRef(new WeakSet<readonly Measurement[]>());
  const applied = useRef<readonly Measurement[]>(book.now);
  const tell = useRef(onMeasurements);
  tell.current = onMeasurements;

  useEffect(() => {
    if (!outside || told.current.has(outside)) return;
    applied.current = outside;
    dispatch({ type: 'replace', measurements: outside });
  }, [outside]);

  useEffect(() => {
    if (book.now === applied.current) return;
    applied.current = book.now;
    told.current.add(book.now);
    tell.current?.(book.now);
  }, [book.now]);

  return [book, dispatch];
}
