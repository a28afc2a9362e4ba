import type { Measurement } from './state.ts';

/** The measurements of a study with what was before and what was undone. */
export interface MeasurementBook {
  readonly now: readonly Measurement[];
  readonly past: readonly (readonly Measurement[])[];
  readonly future: readonly (readonly Measurement[])[];
}

export type MeasurementAction =
  | { readonly type: 'add'; readonly measurement: Measurement }
  | { readonly type: 'change'; readonly measurement: Measurement }
  | { readonly type: 'remove'; readonly id: string }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'replace'; readonly measurements: readonly Measurement[] };

const maxSteps = 100;

export const openBook = (measurements: readonly Measurement[] = []): MeasurementBook => ({
  now: measurements,
  past: [],
  future: [],
});

/** The next page of the book; the same object when there is nothing to do. `replace` comes from outside and has no undo. */
export function measurementReducer(book: MeasurementBook, action: MeasurementAction): MeasurementBook {
  switch (action.type) {
    case 'add':
      return turn(book, [...book.now, action.measurement]);
    case 'change':
      return turn(
        book,
        book.now.map((known) => (known.id === action.measurement.id ? action.measurement : known)),
      );
    case 'remove':
      return book.now.some(({ id }) => id === action.id)
        ? turn(
            book,
            book.now.filter(({ id }) => id !== action.id),
          )
        : book;
    case 'undo': {
      const before = book.past.at(-1);
      return before ? { now: before, past: book.past.slice(0, -1), future: [book.now, ...book.future] } : book;
    }
    case 'redo': {
      const [after, ...later] = book.future;
      return after ? { now: after, past: [...book.past, book.now], future: later } : book;
    }
    case 'replace':
      return action.measurements === book.now ? book : openBook(action.measurements);
  }
}

function turn(book: MeasurementBook, now: readonly Measurement[]): MeasurementBook {
  return { now, past: [...book.past, book.now].slice(-maxSteps), future: [] };
}
