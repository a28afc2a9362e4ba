import { saveConsultationMarks } from '@lianzhen/contracts/jobs.ts';
import type { HandlerEntry } from '../../deps.ts';
import { handleSaveConsultationMarks } from './save-marks.ts';

export const evidenceHandlers: HandlerEntry[] = [{ job: saveConsultationMarks, handle: handleSaveConsultationMarks }];
