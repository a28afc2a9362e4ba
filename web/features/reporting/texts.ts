import { defineTexts } from '../../api/texts.ts';
import { en } from './texts-en.ts';
import { zh } from './texts-zh.ts';

export type { ReportingKey } from './texts-zh.ts';
export const useReportingText = defineTexts('reporting', zh, en);
