const limbOrder = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF'] as const;

/** Whether a compressed waveform holds the limb leads in the order in which their differences from sums are stored. */
export const hasLimbResiduals = (codes: readonly string[]): boolean => limbOrder.every((code, i) => codes[i] === code);

/**
 * Restores III, aVR, aVL and aVF in place, of which XLI keeps only how far they are from sums of I and II:
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
