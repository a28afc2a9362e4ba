import { defineTexts } from '../../api/texts.ts';
import { en } from './texts-en.ts';
import { zh } from './texts-zh.ts';

export type { WorklistKey } from './texts-zh.ts';
export const useWorklistText = defineTexts('worklist', zh, en);
