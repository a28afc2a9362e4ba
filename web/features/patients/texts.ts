import { defineTexts } from '../../api/texts.ts';
import { en } from './texts-en.ts';
import { zh } from './texts-zh.ts';

export type { PatientsKey } from './texts-zh.ts';
export const usePatientsText = defineTexts('patients', zh, en);
