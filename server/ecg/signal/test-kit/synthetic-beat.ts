/** The waves of one beat, in milliseconds from its R peak, and what each lead sees of them. */
export interface BeatShape {
  hasP: boolean;
  isWide: boolean;
  pOn: number;
  pOff: number;
  qrsOn: number;
  /** Ends of the Q and of the R wave. */
  qEnd: number;
  rEnd: number;
  qrsOff: number;
  tOn: number;
  tPeak: number;
  /** By the tangent; the wave itself reaches zero at `endMs`. */
  tOff: number;
  startMs: number;
  endMs: number;
  qtMs: number;
}

export interface ShapeOptions {
  heartRate?: number;
  intervalsMs?: readonly number[];
  hasP?: boolean;
  prMs?: number;
  qrsMs?: number;
  qtMs?: number;
  isWide?: boolean;
}

/** Where the tangent at the steepest point of a falling half cosine of length 1 meets zero. */
const tangentEnd = 0.5 + 1 / Math.PI;

export function shapeOf(options: ShapeOptions): BeatShape {
  const { hasP = true, qrsMs = 92, isWide = false } = options;
  const rr = options.intervalsMs?.length ? Math.min(...options.intervalsMs) : 60_000 / (options.heartRate ?? 75);
  const prMs = options.prMs ?? Math.min(190, Math.max(110, 160 - 0.4 * (60_000 / rr - 75)));
  // QT shortens with the rate somewhat as in healthy adults.
  const qtMs = options.qtMs ?? 400 * (rr / 1000) ** 0.45;
  // Q takes 22/92 of the complex, R 40/92 with its peak in its middle, S the rest.
  const qrsOn = -(42 / 92) * qrsMs;
  const qrsOff = qrsOn + qrsMs;
  const tOff = qrsOn + qtMs;
  const tLength = Math.min(0.62 * (tOff - qrsOff), 190);
  const tOn = tOff - tLength;
  const falling = (tLength * 0.45) / tangentEnd;
  const tPeak = tOff - tLength * 0.45;
  const pOn = qrsOn - prMs;
  const pOff = pOn + Math.min(100, prMs * 0.65);
  const common = { qEnd: qrsOn + (22 / 92) * qrsMs, rEnd: qrsOn + (62 / 92) * qrsMs };
  const reach = { startMs: hasP ? pOn : qrsOn, endMs: tPeak + falling };
  return { hasP, isWide, pOn, pOff, qrsOn, ...common, qrsOff, tOn, tPeak, tOff, ...reach, qtMs };
}

/** P, Q, R, S, T in microvolts of a healthy adult, and R and T of a beat from the ventricle. */
const views: Readonly<Record<string, readonly [number, number, number, number, number, number, number]>> = {
  I: [60, -50, 700, -100, 200, 500, -200],
  II: [120, -60, 1100, -150, 300, 1300, -400],
  V1: [50, 0, 250, -1000, 80, -1200, 400],
  V2: [50, 0, 500, -1400, 400, -1500, 500],
  V3: [50, 0, 800, -900, 450, -900, 300],
  V4: [60, -40, 1400, -500, 400, 600, -250],
  V5: [60, -60, 1300, -200, 300, 1200, -350],
  V6: [60, -60, 1000, -80, 220, 1100, -300],
};

const halfSine = (at: number, from: number, to: number) =>
  at <= from || at >= to ? 0 : Math.sin((Math.PI * (at - from)) / (to - from));
const rise = (share: number) => (1 - Math.cos(Math.PI * share)) / 2;

function tWave(shape: BeatShape, at: number): number {
  if (at <= shape.tOn || at >= shape.endMs) return 0;
  if (at < shape.tPeak) return rise((at - shape.tOn) / (shape.tPeak - shape.tOn));
  return 1 - rise((at - shape.tPeak) / (shape.endMs - shape.tPeak));
}

/** 1 in the ST segment; it rises within the S wave and is gone at the end of T. */
function stSegment(shape: BeatShape, at: number): number {
  if (at <= shape.rEnd || at >= shape.endMs) return 0;
  if (at < shape.qrsOff) return (at - shape.rEnd) / (shape.qrsOff - shape.rEnd);
  return at < shape.tPeak ? 1 : 1 - rise((at - shape.tPeak) / (shape.endMs - shape.tPeak));
}

interface Changes {
  st?: Readonly<Record<string, number>>;
  tFactor?: Readonly<Record<string, number>>;
}

/** Microvolts in a lead at so many milliseconds after the R peak. A lead without a view of its own sees what V6 sees. */
export function pieceAt(shape: BeatShape, code: string, at: number, changes: Changes): number {
  const [p, q, r, s, t, wideR, wideT] = views[code] ?? (views.V6 as (typeof views)[string] & object);
  const factor = changes.tFactor?.[code] ?? 1;
  const st = (changes.st?.[code] ?? 0) * stSegment(shape, at);
  if (shape.isWide) return wideR * halfSine(at, shape.qrsOn, shape.qrsOff) + wideT * tWave(shape, at);
  const qrs =
    q * halfSine(at, shape.qrsOn, shape.qEnd) +
    r * halfSine(at, shape.qEnd, shape.rEnd) +
    s * halfSine(at, shape.rEnd, shape.qrsOff);
  return (shape.hasP ? p * halfSine(at, shape.pOn, shape.pOff) : 0) + qrs + factor * t * tWave(shape, at) + st;
}
