import type { ProblemDetails } from '../problem.ts';

/** What the header says about the pixels of one frame (PS3.3 C.7.6.3). */
export interface PixelFormat {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly photometricInterpretation: string;
  /** 0: colour by pixel, 1: colour by plane. */
  readonly planarConfiguration: 0 | 1;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  readonly isSigned: boolean;
  /** Float Pixel Data (7FE0,0008) or Double Float Pixel Data (7FE0,0009) instead of integers. */
  readonly isFloat: boolean;
}

/** A palette of PS3.3 C.7.9: three tables of 8-bit output, and the stored value of their first entry. */
export interface Palette {
  readonly first: number;
  readonly red: Uint8Array;
  readonly green: Uint8Array;
  readonly blue: Uint8Array;
}

/** Stored values that mean "no measurement here" (0028,0120 and 0028,0121), inclusive at both ends. */
export interface Padding {
  readonly from: number;
  readonly to: number;
}

export interface DecodeRequest {
  readonly bytes: Uint8Array;
  readonly transferSyntaxUid: string;
  readonly format: PixelFormat;
  readonly palette?: Palette | undefined;
  readonly padding?: Padding | undefined;
}

/** Something a reader should know about a picture that is shown nevertheless; `code` is a text key `warning.<code>`. */
export interface DecodeWarning {
  readonly code: 'syntax-differs' | 'size-differs' | 'bytes-left-over' | 'bits-differ';
  readonly details: ProblemDetails;
}

export type GreyValues =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Samples as a codec leaves them, before the header's colour model and bit positions are applied. */
export interface Samples {
  readonly columns: number;
  readonly rows: number;
  readonly components: number;
  readonly values: Uint8Array | Uint16Array | Int8Array | Int16Array;
  readonly isPlanar: boolean;
  /** True when the codec has turned luminance and chrominance into red, green and blue itself. */
  readonly isRgb: boolean;
  /** Bits per sample of the stream, or undefined when only the header knows. */
  readonly precision?: number;
  readonly isSigned?: boolean;
  /** True when the stream says that it lost information. */
  readonly isLossy?: boolean;
}

interface PictureBase {
  readonly columns: number;
  readonly rows: number;
  /** The syntax the pixels were really in. */
  readonly transferSyntaxUid: string;
  readonly isLossy: boolean;
  readonly warnings: readonly DecodeWarning[];
}

/** A picture of stored values, row by row from the top left; the modality transform has not been applied. */
export interface GreyPicture extends PictureBase {
  readonly kind: 'grey';
  readonly values: GreyValues;
  /** Least and greatest stored value outside the padding. */
  readonly min: number;
  readonly max: number;
}

/** A picture of red, green, blue and opaque alpha, eight bits each. */
export interface ColourPicture extends PictureBase {
  readonly kind: 'colour';
  readonly rgba: Uint8ClampedArray;
}

export type DecodedPicture = GreyPicture | ColourPicture;
