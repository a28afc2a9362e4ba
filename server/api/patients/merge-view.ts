import type { MergeView } from '@lianzhen/contracts/patients.ts';
import type { Prisma, Tx } from '@lianzhen/db/client.ts';
import type { z } from 'zod';

export async function mergeView(
  tx: Tx,
  merge: Prisma.PatientMergeGetPayload<object>,
): Promise<z.infer<typeof MergeView>> {
  const merged = await tx.patient.findUniqueOrThrow({ where: { id: merge.mergedId }, select: { name: true } });
  return {
    id: merge.id,
    survivorId: merge.survivorId,
    mergedId: merge.mergedId,
    mergedName: merged.name,
    reason: merge.reason,
    mergedAt: merge.mergedAt.toISOString(),
    splitAt: merge.splitAt?.toISOString() ?? null,
  };
}
