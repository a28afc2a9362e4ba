/** Samples by pixel as a stream holds them, before the colour model and bit positions of a header are applied. */
export interface JpegSamples {
  readonly columns: number;
  readonly rows: number;
  readonly components: number;
  readonly values: Uint8Array | Uint16Array;
  readonly isPlanar: false;
  /** The decoders undo no colour transform. */
  readonly isRgb: false;
  /** Bits of a sample. */
  readonly precision: number;
  /** The stream says that it lost information. */
  readonly isLossy?: boolean;
}
