import type { JpegComponent, JpegFrame } from './frame.ts';

/** basis[x * 8 + u] = C(u) / 2 * cos((2x + 1) u pi / 16), T.81 A.3.3. */
const basis = Float64Array.from({ length: 64 }, (_, i) => {
  const x = i >> 3;
  const u = i & 7;
  return (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
});

/**
 * The samples of one component at its own resolution: dequantised, transformed, shifted by half the range and clamped.
 * @param quant quantisation values in natural (row by row) order.
 * @returns storedWide * 8 samples a row.
 */
export function componentSamples(
  frame: JpegFrame,
  component: JpegComponent,
  quant: Uint16Array,
): Uint8Array | Uint16Array {
  const { storedWide, storedHigh, coefficients } = component;
  const width = storedWide * 8;
  const size = width * storedHigh * 8;
  const samples = frame.precision === 8 ? new Uint8Array(size) : new Uint16Array(size);
  const middle = 1 << (frame.precision - 1);
  const top = (1 << frame.precision) - 1;
  const values = new Float64Array(64);
  const half = new Float64Array(64);
  for (let block = 0; block < storedWide * storedHigh; block++) {
    const at = block * 64;
    const corner = Math.floor(block / storedWide) * 8 * width + (block % storedWide) * 8;
    if (isFlat(coefficients, at)) {
      const flat = clamp(((coefficients[at] as number) * (quant[0] as number)) / 8 + middle, top);
      for (let y = 0; y < 8; y++) samples.fill(flat, corner + y * width, corner + y * width + 8);
      continue;
    }
    for (let i = 0; i < 64; i++) values[i] = (coefficients[at + i] as number) * (quant[i] as number);
    transform(values, half);
    for (let y = 0; y < 8; y++) {
      for (let x = 0; x < 8; x++) samples[corner + y * width + x] = clamp((values[y * 8 + x] as number) + middle, top);
    }
  }
  return samples;
}

function isFlat(coefficients: Int16Array, at: number): boolean {
  for (let i = at + 1; i < at + 64; i++) if (coefficients[i] !== 0) return false;
  return true;
}

const clamp = (value: number, top: number): number => Math.min(top, Math.max(0, Math.round(value)));

/** Two passes of eight one-dimensional transforms; `values` is replaced by the result. */
function transform(values: Float64Array, half: Float64Array): void {
  for (let v = 0; v < 8; v++) {
    for (let x = 0; x < 8; x++) {
      let sum = 0;
      for (let u = 0; u < 8; u++) sum += (basis[x * 8 + u] as number) * (values[v * 8 + u] as number);
      half[v * 8 + x] = sum;
    }
  }
  for (let x = 0; x < 8; x++) {
    for (let y = 0; y < 8; y++) {
      let sum = 0;
      for (let v = 0; v < 8; v++) sum += (basis[y * 8 + v] as number) * (half[v * 8 + x] as number);
      values[y * 8 + x] = sum;
    }
  }
}
