export interface Point {
  readonly x: number;
  readonly y: number;
}

/** x' = a x + c y + e, y' = b x + d y + f, in the order of SVG and canvas. */
export interface Affine {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export function applyAffine(m: Affine, { x, y }: Point): Point {
  return { x: m.a * x + m.c * y + m.e, y: m.b * x + m.d * y + m.f };
}

/** First `n`, then `m`. */
export function multiply(m: Affine, n: Affine): Affine {
  return {
    a: m.a * n.a + m.c * n.b,
    b: m.b * n.a + m.d * n.b,
    c: m.a * n.c + m.c * n.d,
    d: m.b * n.c + m.d * n.d,
    e: m.a * n.e + m.c * n.f + m.e,
    f: m.b * n.e + m.d * n.f + m.f,
  };
}

/** The way back; a transform that flattens everything has none, and gives the identity. */
export function invertAffine(m: Affine): Affine {
  const determinant = m.a * m.d - m.b * m.c;
  if (determinant === 0) return { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };
  const a = m.d / determinant;
  const b = -m.b / determinant;
  const c = -m.c / determinant;
  const d = m.a / determinant;
  return { a, b, c, d, e: -(a * m.e + c * m.f), f: -(b * m.e + d * m.f) };
}

export const translate = (e: number, f: number): Affine => ({ a: 1, b: 0, c: 0, d: 1, e, f });

export const scaling = (a: number, d: number): Affine => ({ a, b: 0, c: 0, d, e: 0, f: 0 });

export function rotation(degrees: number): Affine {
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return { a: cos, b: sin, c: -sin, d: cos, e: 0, f: 0 };
}

export const distance = (p: Point, q: Point): number => Math.hypot(p.x - q.x, p.y - q.y);
