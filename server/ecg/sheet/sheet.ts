/** Colours by meaning; who paints decides what they look like. */
export type SheetColour = 'ruling' | 'strongRuling' | 'curve' | 'text' | 'faint' | 'warning' | 'mark';

/** Lines that are each on their own: `points` is x1, y1, x2, y2 and so on. */
export interface SheetSegments {
  readonly kind: 'segments';
  readonly points: Float32Array;
  readonly widthMm: number;
  readonly colour: SheetColour;
  /** Strokes of a millimetre with gaps of a millimetre. */
  readonly isBroken?: boolean;
}

/** One unbroken line: `points` is x, y, x, y and so on. */
export interface SheetPolyline {
  readonly kind: 'polyline';
  readonly points: Float32Array;
  readonly widthMm: number;
  readonly colour: SheetColour;
  /** The lead it is the curve of; absent for what is no curve. */
  readonly lead?: string | undefined;
}

/** One line of text; `yMm` is its base line. The text is from outside: shown as text and never as markup. */
export interface SheetText {
  readonly kind: 'text';
  readonly text: string;
  readonly xMm: number;
  readonly yMm: number;
  readonly sizeMm: number;
  readonly colour: SheetColour;
  readonly align: 'left' | 'middle' | 'right';
  readonly isBold: boolean;
  /** A rim in the colour of the paper, where the text stands over curves; who paints may leave it out. */
  readonly hasRim?: boolean;
}

export type SheetPrimitive = SheetSegments | SheetPolyline | SheetText;

/** A page of a trace: what is drawn where, in millimetres from the top left corner, y downwards, in painting order. */
export interface Sheet {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly primitives: readonly SheetPrimitive[];
}

/** A rectangle in millimetres. */
export interface Box {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}
