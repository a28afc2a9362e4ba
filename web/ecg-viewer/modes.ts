/** As the image viewer's: at the reading desk, the second reader, a look at a result, several people together. */
export type EcgMode = 'read' | 'review' | 'glance' | 'consult';

export interface EcgTraits {
  /** Fiducial points move and measurements can be saved. */
  readonly canMeasure: boolean;
  readonly canCompare: boolean;
}

export const ecgModes: Readonly<Record<EcgMode, EcgTraits>> = {
  read: { canMeasure: true, canCompare: true },
  review: { canMeasure: true, canCompare: true },
  consult: { canMeasure: true, canCompare: true },
  glance: { canMeasure: false, canCompare: false },
};
