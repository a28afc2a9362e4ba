import type { ViewerText } from './texts.ts';

/** A named window; `name` is a text key. */
export interface WindowPreset {
  readonly name: ViewerText;
  readonly center: number;
  readonly width: number;
}

/** The windows county departments use, by modality; keys follow the looks of the file in this order. */
export const windowPresets: Readonly<Record<string, readonly WindowPreset[]>> = {
  CT: [
    { name: 'preset.abdomen', center: 50, width: 350 },
    { name: 'preset.lung', center: -600, width: 1500 },
    { name: 'preset.mediastinum', center: 40, width: 400 },
    { name: 'preset.bone', center: 500, width: 2000 },
    { name: 'preset.brain', center: 35, width: 80 },
    { name: 'preset.stroke', center: 32, width: 40 },
    { name: 'preset.subdural', center: 75, width: 215 },
    { name: 'preset.liver', center: 60, width: 160 },
    { name: 'preset.angio', center: 300, width: 600 },
    { name: 'preset.temporalBone', center: 600, width: 4000 },
  ],
  PT: [
    { name: 'preset.suv5', center: 2.5, width: 5 },
    { name: 'preset.suv10', center: 5, width: 10 },
  ],
};
