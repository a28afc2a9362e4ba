const limbOrder = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF'] as const;
/** How many times closer one of two explanations must be to stand against what is usual. */
const decisive = 10;

/** Whether the limb leads come in the order in which their differences from sums are stored. */
export const hasLimbOrder = (codes: readonly string[]): boolean => limbOrder.every((code, i) => codes[i] === code);

/** Whether one of the leads that can be stored as a difference is among these. */
export const hasSums = (codes: readonly string[]): boolean => limbOrder.slice(2).some((code) => codes.includes(code));

/**
 * Whether III is stored as its difference from II - I. By Einthoven's law a lead as it was recorded is close to the sum
 * and a difference is close to zero, so the samples tell; where they do not (no signal at all), `usual` is the answer.
 */
export function areDifferences(leads: readonly Int32Array[], usual: boolean): boolean {
  const [one, two, three] = leads;
  if (!one || !two || !three) return usual;
  let [fromSum, fromZero] = [0, 0];
  for (let i = 0; i < three.length; i += 1) {
    const stored = three[i] ?? 0;
    fromSum += Math.abs(stored - ((two[i] ?? 0) - (one[i] ?? 0)));
    fromZero += Math.abs(stored);
  }
  return usual ? fromSum * decisive >= fromZero : fromZero * decisive < fromSum;
}

/**
 * Restores III, aVR, aVL and aVF in place, of which only is stored how far they are from sums of I and II:
 * III = II - I - stored, aVR = -(I + II)/2 - stored, aVL = (I - III)/2 - stored, aVF = (II + III)/2 - stored,
 * halves rounded down. Sums of 16-bit samples need 17 bits, so nothing wraps here.
 */
export function restoreLimbLeads(leads: readonly Int32Array[]): void {
  const [one, two, three, avr, avl, avf] = leads;
  if (!one || !two || !three || !avr || !avl || !avf) return;
  for (let i = 0; i < one.length; i += 1) {
    const [a, b] = [one[i] ?? 0, two[i] ?? 0];
    const c = b - a - (three[i] ?? 0);
    three[i] = c;
    avr[i] = -((a + b) >> 1) - (avr[i] ?? 0);
    avl[i] = ((a - c) >> 1) - (avl[i] ?? 0);
    avf[i] = ((b + c) >> 1) - (avf[i] ?? 0);
  }
}
