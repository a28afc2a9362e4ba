import { QualityFinding } from '@lianzhen/contracts/ecg-measurements.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import * as store from './store.ts';

/**
 * A recording for an exam of which an earlier one was no good repeats that one, unless its sender said otherwise. The case
 * is not touched: whoever reads it sees both.
 */
export async function linkRepeat(tx: Tx, trace: store.TraceRow, orderExamId: string | null): Promise<void> {
  if (trace.replacesId !== null || orderExamId === null) return;
  const earlier = await store.earlierTraces(tx, trace, orderExamId);
  const bad = earlier.find(({ quality, replacedBy }) => replacedBy === null && isBad(quality));
  if (!bad) return;
  await store.changeTrace(tx, trace.id, { replacesId: bad.id });
  const { revision } = await store.changeTrace(tx, bad.id, {});
  const parties = await store.partiesOfStudy(tx, bad.studyInstanceUid);
  await emit(tx, { topic: 'trace', id: bad.id, revision, facilityIds: [...new Set([bad.facilityId, ...parties])] });
}

const isBad = (quality: unknown): boolean =>
  QualityFinding.array()
    .parse(quality)
    .some(({ severity }) => severity === 'bad');
