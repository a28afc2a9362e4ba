import { median } from './order-statistics.ts';

/** The signal without its mean over one period of the mains: waves of the heart go, the hum stays as it is. */
function humBand(uv: Float64Array, period: number): Float64Array {
  const half = Math.max(1, Math.floor(period / 2));
  const out = new Float64Array(uv.length);
  for (let i = half; i < uv.length - half; i += 1) {
    // The two ends count half, so that the window is one period long.
    let sum = ((uv[i - half] as number) + (uv[i + half] as number)) / 2;
    for (let j = i - half + 1; j < i + half; j += 1) sum += uv[j] as number;
    out[i] = (uv[i] as number) - sum / (2 * half);
  }
  return out;
}

/** What `humBand` leaves of a sine of this frequency: 1 when the period is a whole even number of samples. */
function gainOf(period: number, rateHz: number, hz: number): number {
  const half = Math.max(1, Math.floor(period / 2));
  const turn = (2 * Math.PI * hz) / rateHz;
  let sum = 1 + Math.cos(half * turn);
  for (let j = 1; j < half; j += 1) sum += 2 * Math.cos(j * turn);
  return 1 - sum / (2 * half);
}

/** Gaussian elimination with pivoting of a small symmetric system; null when it has no single answer. */
function solve(rows: number[][]): number[] | null {
  const size = rows.length;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column; row < size; row += 1) {
      if (Math.abs(rows[row]?.[column] as number) > Math.abs(rows[pivot]?.[column] as number)) pivot = row;
    }
    const top = rows[pivot] as number[];
    if (Math.abs(top[column] as number) < 1e-9) return null;
    rows[pivot] = rows[column] as number[];
    rows[column] = top;
    for (const [row, other] of rows.entries()) {
      if (row === column) continue;
      const factor = (other[column] as number) / (top[column] as number);
      for (let i = column; i <= size; i += 1) other[i] = (other[i] as number) - factor * (top[i] as number);
    }
  }
  return rows.map((row, i) => (row[size] as number) / (row[i] as number));
}

/**
 * A piece of about two seconds without the hum of the mains: one sine whose amplitude and phase may change slowly is
 * fitted where the heart is quiet and subtracted everywhere. A notch would ring around the QRS and move its ends.
 */
export function withoutHum(uv: Float64Array, rateHz: number, mainsHz: number): Float64Array {
  const band = humBand(uv, rateHz / mainsHz);
  const limit = 3.5 * median(band.map(Math.abs));
  const rows = [0, 1, 2, 3].map(() => new Array<number>(5).fill(0));
  const wavesAt = (i: number): [number, number, number, number] => {
    const turn = (2 * Math.PI * mainsHz * i) / rateHz;
    const [sin, cos, drift] = [Math.sin(turn), Math.cos(turn), (2 * i) / uv.length - 1];
    return [sin, cos, drift * sin, drift * cos];
  };
  for (let i = 0; i < uv.length; i += 1) {
    const value = band[i] as number;
    if (Math.abs(value) > limit || value === 0) continue;
    const waves = wavesAt(i);
    for (const [a, one] of waves.entries()) {
      const row = rows[a] as number[];
      for (const [b, other] of waves.entries()) row[b] = (row[b] as number) + one * other;
      row[4] = (row[4] as number) + one * value;
    }
  }
  const found = solve(rows);
  if (!found) return uv;
  const gain = gainOf(rateHz / mainsHz, rateHz, mainsHz);
  return uv.map((x, i) => x - wavesAt(i).reduce((sum, wave, k) => sum + wave * (found[k] as number), 0) / gain);
}
