import { renderDocuments, sendDocument } from '@lianzhen/contracts/jobs.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import type { WorkerDeps } from '../deps.ts';
import { placesPerDestination } from './pace.ts';
import * as deliveries from './store.ts';

const atOnce = 200;
/** Rendering takes a second or two; later than this its job was lost. */
const renderWithinMs = 30_000;

/** Finds the deliveries and documents whose job was lost or came late. Right however often it runs. */
export async function sweepDeliveries({ db, clock }: Pick<WorkerDeps, 'db' | 'clock'>): Promise<void> {
  const now = clock.now();
  const before = (ms: number) => new Date(now.getTime() - ms);
  await db.transaction(async (tx) => {
    const due = await deliveries.overdue(tx, now, placesPerDestination, atOnce);
    for (const { id } of due) await enqueue(tx, sendDocument, { deliveryId: id });
    const unmade = await deliveries.unrendered(tx, before(renderWithinMs), atOnce);
    for (const { versionId } of unmade) await enqueue(tx, renderDocuments, { versionId });
  });
}
