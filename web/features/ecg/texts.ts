import { defineTexts } from '../../api/texts.ts';
import { en } from './texts-en.ts';
import { zh } from './texts-zh.ts';

export type { EcgKey } from './texts-zh.ts';
export const useEcgText = defineTexts('ecg', zh, en);
