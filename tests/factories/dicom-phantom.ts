import { randomFrom } from './random.ts';

export type Modality = 'CT' | 'MR' | 'DX' | 'US';

export interface PhantomSize {
  rows: number;
  columns: number;
}

/** Stored values by modality: what lies outside of the body, fat, soft tissue, lung or fluid, bone. */
const TISSUES: Readonly<Record<Modality, { air: number; fat: number; soft: number; lung: number; bone: number }>> = {
  // Hounsfield units plus 1024, as the rescale intercept says.
  CT: { air: 24, fat: 924, soft: 1074, lung: 224, bone: 1724 },
  MR: { air: 20, fat: 1500, soft: 800, lung: 120, bone: 60 },
  DX: { air: 3800, fat: 2900, soft: 2300, lung: 3200, bone: 1200 },
  US: { air: 0, fat: 150, soft: 90, lung: 20, bone: 230 },
};

/** Squared distance from the middle of an ellipse in units of its radii: below 1 is inside. */
function ellipse(x: number, y: number, centreX: number, centreY: number, radiusX: number, radiusY: number): number {
  return ((x - centreX) / radiusX) ** 2 + ((y - centreY) / radiusY) ** 2;
}

function tissueAt(modality: Modality, x: number, y: number): number {
  const tissue = TISSUES[modality];
  const body = ellipse(x, y, 0, 0, 0.86, 0.64);
  if (body > 1) return tissue.air;
  if (body > 0.86) return tissue.fat;
  if (ellipse(x, y, 0, 0.42, 0.11, 0.13) < 1) return tissue.bone;
  if (ellipse(x, y, -0.4, -0.04, 0.27, 0.4) < 1 || ellipse(x, y, 0.4, -0.04, 0.27, 0.4) < 1) return tissue.lung;
  const heart = ellipse(x, y, 0.1, -0.1, 0.2, 0.24);
  // The slope across the body makes a turned or mirrored picture visible.
  return tissue.soft * (heart < 1 ? 1.08 : 1) * (1 + 0.08 * x - 0.05 * y);
}

const drawn = new Map<string, Uint16Array>();

function background(modality: Modality, { rows, columns }: PhantomSize, seed: number): Uint16Array {
  const key = `${modality} ${rows} ${columns} ${seed}`;
  const known = drawn.get(key);
  if (known) return known;
  const random = randomFrom(seed);
  const limit = modality === 'US' ? 255 : 4095;
  const noise = modality === 'US' ? 40 : 24;
  const pixels = new Uint16Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    const y = (2 * row) / Math.max(1, rows - 1) - 1;
    for (let column = 0; column < columns; column += 1) {
      const x = (2 * column) / Math.max(1, columns - 1) - 1;
      const value = tissueAt(modality, x, y) + (random() - 0.5) * noise;
      pixels[row * columns + column] = Math.max(0, Math.min(limit, Math.round(value)));
    }
  }
  drawn.set(key, pixels);
  return pixels;
}

/**
 * A chest-like section with a nodule that wanders from instance to instance, so that no two are the same.
 * @param index of `count` instances
 * @returns native pixels: 16 bits little endian, for US 8 bits
 */
export function drawPhantom(modality: Modality, size: PhantomSize, seed: number, index: number, count: number): Buffer {
  const pixels = Uint16Array.from(background(modality, size, seed));
  const { rows, columns } = size;
  const turn = (2 * Math.PI * index) / Math.max(1, count);
  const centreX = Math.round(columns * (0.5 + 0.18 * Math.cos(turn)));
  const centreY = Math.round(rows * (0.48 + 0.12 * Math.sin(turn)));
  const radius = Math.max(1, Math.round(Math.min(rows, columns) * 0.03));
  for (let row = Math.max(0, centreY - radius); row <= Math.min(rows - 1, centreY + radius); row += 1) {
    for (let column = Math.max(0, centreX - radius); column <= Math.min(columns - 1, centreX + radius); column += 1) {
      if ((row - centreY) ** 2 + (column - centreX) ** 2 > radius ** 2) continue;
      pixels[row * columns + column] = TISSUES[modality].bone;
    }
  }
  // The instance's number in the first pixels: even a tiny picture differs from its neighbours.
  pixels[0] = modality === 'US' ? index & 0xff : index & 0xfff;
  return modality === 'US' ? Buffer.from(pixels) : Buffer.from(pixels.buffer, pixels.byteOffset, pixels.byteLength);
}
