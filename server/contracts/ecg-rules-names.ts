import type { ThresholdUnit } from './ecg-rules-thresholds.ts';

const words = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** The ways in which a name may write a number: 3000 ms is also 3.0 and 3 s, 300 uV is 0.3 and 0.30 mV. */
const forms: Record<ThresholdUnit, ReadonlyArray<(value: number) => string>> = {
  ms: [(value) => (value / 1000).toFixed(2), tenths, String, (value) => String(value / 1000)],
  uV: [(value) => (value / 1000).toFixed(2), tenths, String],
  bpm: [String],
  s: [(value) => value.toFixed(1), String],
  count: [String, (value) => words[value] ?? String(value)],
};
/** A thousandth of it: in tenths where they say all, else with as many places as it takes. */
function tenths(value: number): string {
  return value % 100 === 0 ? (value / 1000).toFixed(1) : String(value / 1000);
}

/**
 * A pattern's name after one of its numbers was set to another: the alarm says the name, and must not say the old number.
 * A name that does not write the number stays as it is.
 */
export function nameAfter(name: string, unit: ThresholdUnit, from: number, to: number): string {
  for (const form of forms[unit]) {
    const figure = form(from).replace('.', '\\.');
    // Not a part of a longer number; a word, not a part of a longer word.
    const [before, after] = /\d/.test(figure) ? ['[\\d.]', '\\.?\\d'] : ['[a-z]', '[a-z]'];
    const found = new RegExp(`(?<!${before})${figure}(?!${after})`, 'gi');
    if (found.test(name)) return name.replace(found, form(to));
  }
  return name;
}
