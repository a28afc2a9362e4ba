import { escalateAlarm, readTrace } from '@lianzhen/contracts/jobs.ts';
import type { HandlerEntry } from '../deps.ts';
import { handleEscalateAlarm } from './escalate-alarm.ts';
import { handleReadTrace } from './read-trace.ts';

/** The jobs of electrocardiograms and who does them. */
export const ecgHandlers: HandlerEntry[] = [
  { job: readTrace, handle: handleReadTrace },
  { job: escalateAlarm, handle: handleEscalateAlarm },
];
