import type { Padding, PixelFormat } from '../decode/picture-types.ts';

/** One frame of one instance; frames are counted from 1 as DICOM does. */
export interface FrameRef {
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly sopInstanceUid: string;
  readonly frame: number;
}

/** The three groups of a person's name (PS3.5 section 6.2.1), each with its carets made into spaces. */
export interface PersonName {
  readonly alphabetic: string;
  readonly ideographic: string;
  readonly phonetic: string;
}

export interface StudyPatient {
  readonly name: PersonName;
  readonly id: string;
  /** M, F, O or empty. */
  readonly sex: string;
  /** DA, eight digits or empty. */
  readonly birthDate: string;
  /** AS, such as 045Y, or empty. */
  readonly age: string;
}

export interface ViewerStudy {
  readonly studyUid: string;
  readonly patient: StudyPatient;
  /** DA and TM as the device wrote them, and its offset from UTC (+0800) where it gave one. */
  readonly date: string;
  readonly time: string;
  readonly timezone: string;
  readonly description: string;
  readonly accessionNumber: string;
  readonly institution: string;
  readonly series: readonly ViewerSeries[];
  /** Instances without pixels (reports, key notes, presentation states), which this viewer does not draw. */
  readonly otherInstances: number;
}

export interface ViewerSeries {
  readonly seriesUid: string;
  readonly modality: string;
  readonly number: number | null;
  readonly description: string;
  readonly bodyPart: string;
  /** One entry per frame, in the order they are leafed through. */
  readonly images: readonly ViewerImage[];
}

export interface ViewerImage {
  /** Unique in the study: instance and frame. */
  readonly key: string;
  readonly ref: FrameRef;
  readonly header: ImageHeader;
}

/** Bytes in the metadata or beside it. */
export type Binary = { readonly inline: Uint8Array } | { readonly uri: string };

/** A lookup table as it is written (PS3.3 C.11.1.1): number of entries, first mapped value, bits an entry. */
export interface LutSource {
  readonly entries: number;
  readonly first: number;
  readonly bits: number;
  readonly data: Binary;
  readonly explanation: string;
}

/** LINEAR, LINEAR_EXACT or SIGMOID of PS3.3 C.11.2.1.2 and C.11.2.1.3. */
export type VoiFunction = 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';

export interface VoiWindow {
  readonly center: number;
  readonly width: number;
  readonly explanation: string;
}

export interface Rescale {
  readonly slope: number;
  readonly intercept: number;
  /** Rescale Type, such as HU; empty when the file does not say. */
  readonly type: string;
}

/** Distances as the header gives them: between rows, then between columns, in millimetres. */
export type Spacing = readonly [row: number, column: number];

export interface SpacingTags {
  readonly pixel: Spacing | null;
  /** GEOMETRY or FIDUCIAL when Pixel Spacing was corrected for magnification. */
  readonly calibrationType: string;
  readonly imager: Spacing | null;
  readonly magnification: number | null;
  /** Height and width of a pixel in relation to each other where there is no spacing. */
  readonly aspect: Spacing | null;
}

/** A calibrated part of an ultrasound image (PS3.3 C.8.5.5); bounds are pixel columns and rows, inclusive, from 0. */
export interface UltrasoundRegion {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  /** Physical units of C.8.5.5.1.15: 3 is centimetres. */
  readonly unitX: number;
  readonly unitY: number;
  /** Physical size of one pixel. */
  readonly deltaX: number;
  readonly deltaY: number;
  /** 1 for a two-dimensional picture, 3 for a spectrum, ... */
  readonly spatialFormat: number;
}

export type Vector = readonly [number, number, number];

export interface PlanePosition {
  readonly origin: Vector;
  /** Directions of a row and of a column. */
  readonly row: Vector;
  readonly column: Vector;
  readonly frameOfReferenceUid: string;
}

export interface OverlaySource {
  readonly rows: number;
  readonly columns: number;
  /** Row and column of its first pixel in the image, from 1. */
  readonly origin: readonly [number, number];
  readonly data: Binary;
}

/** All that is known about one frame before its pixels are there. */
export interface ImageHeader {
  readonly modality: string;
  readonly instanceNumber: number | null;
  readonly format: PixelFormat;
  /** What the metadata say about the stored syntax; may be empty. */
  readonly transferSyntaxUid: string;
  /** 00, 01 or empty: Lossy Image Compression. */
  readonly lossy: string;
  readonly padding: Padding | null;
  readonly rescale: Rescale | null;
  readonly modalityLut: LutSource | null;
  readonly windows: readonly VoiWindow[];
  readonly voiFunction: VoiFunction;
  readonly voiLuts: readonly LutSource[];
  readonly palette: { readonly red: LutSource; readonly green: LutSource; readonly blue: LutSource } | null;
  readonly spacing: SpacingTags;
  readonly regions: readonly UltrasoundRegion[];
  readonly plane: PlanePosition | null;
  /** Patient Orientation of the rows and of the columns where there is no plane, such as L and F. */
  readonly patientOrientation: readonly [string, string] | null;
  readonly sliceLocation: number | null;
  readonly sliceThickness: number | null;
  readonly laterality: string;
  readonly viewPosition: string;
  /** Frames a second the device recommends. */
  readonly frameRate: number | null;
  readonly overlays: readonly OverlaySource[];
}
