import { evidenceHandlers } from './consultation/evidence/handlers.ts';
import { recordingHandlers } from './consultation/recording/handlers.ts';
import { sweepRecordings } from './consultation/recording/sweep-recordings.ts';
import { consultationSweepSteps } from './consultation/sweep.ts';
import { deliveryHandlers } from './delivery/handlers.ts';
import { sweepDeliveries } from './delivery/sweep-deliveries.ts';
import type { HandlerEntry } from './deps.ts';
import { ecgHandlers } from './ecg/handlers.ts';
import { ecgSweepSteps } from './ecg/sweep.ts';
import { findStranded } from './imaging/find-stranded.ts';
import { imagingHandlers } from './imaging/handlers.ts';
import type { SweepStep } from './keep-sweeping.ts';
import { patientsHandlers } from './patients/handlers.ts';
import { forgetEvents } from './relay/forget-events.ts';
import { reportingHandlers } from './reporting/handlers.ts';
import { worklistSweepSteps } from './worklist/sweep.ts';

/** Every job of the hub and who does it, with how many at once in one process. */
export const queues: ReadonlyArray<{ name: string; concurrency: number; handlers: HandlerEntry[] }> = [
  { name: 'imaging', concurrency: 4, handlers: imagingHandlers },
  // An alarm waits for nothing else: not for images, and of two recordings not the short one for the long one.
  { name: 'ecg', concurrency: 4, handlers: ecgHandlers },
  { name: 'reporting', concurrency: 2, handlers: reportingHandlers },
  { name: 'delivery', concurrency: 16, handlers: deliveryHandlers },
  { name: 'patients', concurrency: 1, handlers: patientsHandlers },
  // A recording takes long; marks must not wait behind it.
  { name: 'consultation', concurrency: 2, handlers: [...evidenceHandlers, ...recordingHandlers] },
];

/** What is looked for again and again, should its job be lost or late. */
export const sweepSteps: readonly SweepStep[] = [
  ...worklistSweepSteps,
  ...ecgSweepSteps,
  ...consultationSweepSteps,
  { name: 'sweep-recordings', run: sweepRecordings },
  { name: 'sweep-deliveries', run: sweepDeliveries },
  { name: 'find-stranded', run: findStranded },
  { name: 'forget-events', run: forgetEvents },
];
