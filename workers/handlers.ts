import { deliveryHandlers } from './delivery/handlers.ts';
import type { HandlerEntry } from './deps.ts';
import { imagingHandlers } from './imaging/handlers.ts';
import { patientsHandlers } from './patients/handlers.ts';
import { reportingHandlers } from './reporting/handlers.ts';
import { worklistHandlers } from './worklist/handlers.ts';

/** Every job of the hub and who does it, with how many at once in one process. */
export const queues: ReadonlyArray<{ name: string; concurrency: number; handlers: HandlerEntry[] }> = [
  { name: 'imaging', concurrency: 4, handlers: imagingHandlers },
  { name: 'reporting', concurrency: 2, handlers: reportingHandlers },
  { name: 'delivery', concurrency: 16, handlers: deliveryHandlers },
  { name: 'worklist', concurrency: 1, handlers: worklistHandlers },
  { name: 'patients', concurrency: 1, handlers: patientsHandlers },
];
