import { type Biquad, highPass, lowPass, notch, zeroPhase } from './biquad.ts';

export const highPassChoices = [0.05, 0.5] as const;
export const lowPassChoices = [35, 40, 100, 150] as const;
export const notchChoices = [50, 60] as const;

/** What a picture is filtered with. Null: not at all. It changes what is drawn, never what is stored. */
export interface FilterSetting {
  readonly highPassHz: (typeof highPassChoices)[number] | null;
  readonly lowPassHz: (typeof lowPassChoices)[number] | null;
  readonly notchHz: (typeof notchChoices)[number] | null;
}
export const unfiltered: FilterSetting = { highPassHz: null, lowPassHz: null, notchHz: null };
/** The diagnostic band of AHA/ACC/HRS 2007 (Kligfield et al., Circulation 2007;115:1306). */
export const diagnosticFilter: FilterSetting = { highPassHz: 0.05, lowPassHz: 150, notchHz: null };

/** What is left of a setting at a sampling rate: a low pass above half of it would filter nothing and must not be named. */
export function effectiveFilter(setting: FilterSetting, rateHz: number): FilterSetting {
  const { highPassHz, lowPassHz, notchHz } = setting;
  return {
    highPassHz: highPassHz !== null && highPass(highPassHz, rateHz) ? highPassHz : null,
    lowPassHz: lowPassHz !== null && lowPass(lowPassHz, rateHz) ? lowPassHz : null,
    notchHz: notchHz !== null && notch(notchHz, rateHz) ? notchHz : null,
  };
}

function sectionsOf({ highPassHz, lowPassHz, notchHz }: FilterSetting, rateHz: number): Biquad[] {
  return [
    highPassHz === null ? null : highPass(highPassHz, rateHz),
    notchHz === null ? null : notch(notchHz, rateHz),
    lowPassHz === null ? null : lowPass(lowPassHz, rateHz),
  ].filter((section) => section !== null);
}

/** How many samples beside a window still shape it. The slow high pass needs seconds, the others a third of one. */
export function filterReach({ highPassHz, lowPassHz, notchHz }: FilterSetting, rateHz: number): number {
  if (highPassHz !== null) return Math.ceil((1.6 * rateHz) / highPassHz);
  return lowPassHz === null && notchHz === null ? 0 : Math.ceil(rateHz / 3);
}

/** The whole signal filtered without delay, as a new array in the unit of the input. */
export function filterSignal(signal: ArrayLike<number>, rateHz: number, setting: FilterSetting): Float64Array {
  return zeroPhase(signal, sectionsOf(setting, rateHz), filterReach(setting, rateHz));
}

const words = {
  zh: { none: '未滤波', high: '高通', low: '低通', notch: '陷波', phase: '零相位', join: '，' },
  en: { none: 'unfiltered', high: 'high pass', low: 'low pass', notch: 'notch', phase: 'zero phase', join: ', ' },
} as const;

/** How the setting is named on the picture: `0.05–150 Hz, notch 50 Hz, zero phase`. */
export function filterName(setting: FilterSetting, language: 'zh' | 'en'): string {
  const word = words[language];
  const { highPassHz, lowPassHz, notchHz } = setting;
  const parts: string[] = [];
  if (highPassHz !== null && lowPassHz !== null) parts.push(`${highPassHz}–${lowPassHz} Hz`);
  else if (highPassHz !== null) parts.push(`${word.high} ${highPassHz} Hz`);
  else if (lowPassHz !== null) parts.push(`${word.low} ${lowPassHz} Hz`);
  if (notchHz !== null) parts.push(`${word.notch} ${notchHz} Hz`);
  return parts.length === 0 ? word.none : [...parts, word.phase].join(word.join);
}
