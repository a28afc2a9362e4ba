import type { CalibrationKind } from './measure/calibration.ts';

export const layouts = ['1x1', '1x2', '2x2'] as const;
export type Layout = (typeof layouts)[number];

/** How a picture looks: brightness and place. Null for the window means what the file proposes. */
export interface Look {
  readonly windowCenter: number | null;
  readonly windowWidth: number | null;
  /** Which of the looks of the file is used while there is no window of the reader's. */
  readonly fileVoi: number;
  /** 1 fits the tile, so that another screen can follow. */
  readonly scale: number;
  /** Pixels of the picture along the axes of the screen. */
  readonly translation: { readonly x: number; readonly y: number };
  /** 0, 90, 180 or 270 degrees clockwise. */
  readonly rotation: number;
  readonly hflip: boolean;
  readonly vflip: boolean;
  readonly invert: boolean;
}

/** One tile: which frame of which series is on it, and how it looks. Nulls are an empty tile. */
export interface ViewportState extends Look {
  readonly seriesUid: string | null;
  readonly sopInstanceUid: string | null;
  /** From 1. */
  readonly frame: number;
}

/** All that two screens have to share to show the same; plain data that survives JSON. */
export interface ViewerState {
  readonly layout: Layout;
  /** Index of the tile that keys and the toolbar act on. */
  readonly active: number;
  readonly viewports: readonly ViewportState[];
}

export const measurementKinds = ['length', 'angle', 'ellipse', 'rectangle'] as const;
export type MeasurementKind = (typeof measurementKinds)[number];

/** What shows something without measuring it. */
export const drawingKinds = ['point', 'arrow', 'freehand'] as const;
export type DrawingKind = (typeof drawingKinds)[number];
export type MarkKind = MeasurementKind | DrawingKind;

/** One number of a measurement: what it is, its value, its unit (mm, px, deg, mm2, px2, HU or the file's own). */
export interface MeasuredValue {
  readonly name: 'length' | 'angle' | 'area' | 'mean' | 'deviation' | 'min' | 'max';
  readonly value: number;
  readonly unit: string;
}

/**
 * A measurement or a drawing on one frame. Points are column and row of the frame's pixels, 0,0 the top left corner of the first
 * one (PS3.3 C.10.5.1.2, "PIXEL" spatial coordinates); an angle has its vertex in the middle, regions two corners, an
 * arrow its tip at the end.
 */
export interface Measurement {
  readonly id: string;
  readonly kind: MarkKind;
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly sopInstanceUid: string;
  readonly frame: number;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly calibration: CalibrationKind;
  readonly values: readonly MeasuredValue[];
  /** A few words beside the mark. */
  readonly text?: string;
  readonly author: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

export const freshLook: Look = {
  windowCenter: null,
  windowWidth: null,
  fileVoi: 0,
  scale: 1,
  translation: { x: 0, y: 0 },
  rotation: 0,
  hflip: false,
  vflip: false,
  invert: false,
};

export const emptyViewport: ViewportState = { ...freshLook, seriesUid: null, sopInstanceUid: null, frame: 1 };

export const tileCount: Readonly<Record<Layout, number>> = { '1x1': 1, '1x2': 2, '2x2': 4 };
