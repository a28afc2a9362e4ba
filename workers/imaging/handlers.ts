import { indexStudy, redecodeDevice, settleStudy } from '@lianzhen/contracts/jobs.ts';
import type { HandlerEntry } from '../deps.ts';
import { handleIndexStudy } from './index-study.ts';
import { handleRedecodeDevice } from './redecode-device.ts';
import { handleSettleStudy } from './settle-study.ts';

/** Imaging's jobs and who does them. */
export const imagingHandlers: HandlerEntry[] = [
  { job: indexStudy, handle: handleIndexStudy },
  { job: settleStudy, handle: handleSettleStudy },
  { job: redecodeDevice, handle: handleRedecodeDevice },
];
