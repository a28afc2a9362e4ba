import { quantile } from './order-statistics.ts';

/** Peak amplitude of one frequency in a piece of a signal (Goertzel, with the straight line through the piece taken out). */
function amplitudeOf(signal: Float64Array, from: number, length: number, hz: number, rateHz: number): number {
  const slope = ((signal[from + length - 1] as number) - (signal[from] as number)) / (length - 1);
  const turn = 2 * Math.cos((2 * Math.PI * hz) / rateHz);
  let [s1, s2] = [0, 0];
  for (let i = 0; i < length; i += 1) {
    const window = 1 - Math.cos((2 * Math.PI * i) / (length - 1));
    const s0 = window * ((signal[from + i] as number) - slope * i - (signal[from] as number)) + turn * s1 - s2;
    s2 = s1;
    s1 = s0;
  }
  return (2 * Math.sqrt(Math.max(0, s1 * s1 + s2 * s2 - turn * s1 * s2))) / length;
}

/**
 * Hum of the mains in microvolts (peak), as in the quieter fifth-second pieces of the signal, so that the QRS does not
 * count. What is as strong 9 Hz beside the mains is muscle noise and is taken off. 0 where the rate is too low to tell.
 */
export function humUv(signal: Float64Array, rateHz: number, mainsHz: number): number {
  const length = Math.round(rateHz / 5);
  if (mainsHz > rateHz * 0.42 || signal.length < length) return 0;
  const pieces = Math.floor(signal.length / length);
  const step = Math.max(1, Math.floor(pieces / 60));
  const hum: number[] = [];
  const beside: number[] = [];
  for (let piece = 0; piece < pieces; piece += step) {
    hum.push(amplitudeOf(signal, piece * length, length, mainsHz, rateHz));
    beside.push(amplitudeOf(signal, piece * length, length, mainsHz - 9, rateHz));
  }
  const quiet = quantile(hum, 0.3);
  const other = quantile(beside, 0.3);
  return Math.sqrt(Math.max(0, quiet * quiet - other * other));
}

/** The mains frequency to notch out before measuring, or null where there is little hum. */
export function mainsOf(leads: readonly Float64Array[], rateHz: number): 50 | 60 | null {
  const strongest = (hz: number) => Math.max(0, ...leads.map((uv) => humUv(uv, rateHz, hz)));
  const [fifty, sixty] = [strongest(50), strongest(60)];
  if (Math.max(fifty, sixty) < 8) return null;
  return fifty >= sixty ? 50 : 60;
}
