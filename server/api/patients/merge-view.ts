import type { MergeView } from '@lianzhen/contracts/patients.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import type { z } from 'zod';
import * as store from './store.ts';

type Merge = Prisma.PatientMergeGetPayload<object>;
type View = z.infer<typeof MergeView>;

export async function mergeViews(tx: Tx, merges: Merge[]): Promise<View[]> {
  const names = await store.patientNames(
    tx,
    merges.map((merge) => merge.mergedId),
  );
  return merges.map(({ id, survivorId, mergedId, reason, mergedAt, splitAt }) => ({
    id,
    survivorId,
    mergedId,
    reason,
    mergedName: names.get(mergedId) ?? '',
    mergedAt: mergedAt.toISOString(),
    splitAt: splitAt?.toISOString() ?? null,
  }));
}

export async function mergeView(tx: Tx, merge: Merge): Promise<View> {
  const [view] = await mergeViews(tx, [merge]);
  if (!view) throw new Error('one merge gives one view');
  return view;
}
