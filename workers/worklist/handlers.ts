import { sweep } from '@lianzhen/contracts/jobs.ts';
import type { HandlerEntry } from '../deps.ts';
import { sweepWith, worklistSweepSteps } from './sweep.ts';

export const worklistHandlers: HandlerEntry[] = [{ job: sweep, handle: sweepWith(worklistSweepSteps) }];
