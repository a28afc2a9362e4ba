/**
 * The paper of an electrocardiogram: 25 mm/s and 10 mm/mV with a ruling of 1 mm and 5 mm, as IEC 60601-2-25 asks of
 * every electrocardiograph; 50 mm/s, 5 and 20 mm/mV are its other settings.
 */
export const speeds = [25, 50] as const;
/** Millimetres per second. */
export type PaperSpeed = (typeof speeds)[number];

export const gains = [5, 10, 20] as const;
/** Millimetres per millivolt. */
export type PaperGain = (typeof gains)[number];

export const squareMm = { small: 1, large: 5 } as const;

/** The rectangular pulse that shows the gain: 1 mV for 200 ms (IEC 60601-2-25). */
export const calibrationPulse = { uv: 1000, ms: 200 } as const;

/** Line widths in millimetres. The curve is the boldest; the ruling must not compete with it. */
export const lineMm = { ruling: 0.1, strongRuling: 0.2, curve: 0.3, mark: 0.2 } as const;

export const textMm = { label: 3, small: 2.6, header: 3.4 } as const;

/** ISO 216, lying. */
export const a4Mm = { widthMm: 297, heightMm: 210 } as const;

/** Distance between points on paper that no eye and no printer (600 dpi) separates. */
export const printResolutionMm = 25.4 / 600;

/** Pixels of a browser to a millimetre as CSS defines them; what a screen really has is found by calibration. */
export const cssPxPerMm = 96 / 25.4;
