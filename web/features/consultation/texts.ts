import { defineTexts } from '../../api/texts.ts';
import { en } from './texts-en.ts';
import { zh } from './texts-zh.ts';

export type ConsultationKey = keyof typeof zh;
export const useConsultationText = defineTexts('consultation', zh, en);
