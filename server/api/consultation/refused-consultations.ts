import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Db } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx } from '../context.ts';
import { namedFields } from '../orders/named-fields.ts';

/** Writes a refusal down on its own: what was refused has left nothing else behind. Field names and codes, no contents. */
export async function recordRefused(
  db: Db,
  ctx: Ctx,
  cause: unknown,
  about: { facilityId: string; patientId: string },
): Promise<void> {
  if (!(cause instanceof HubError) || ['internal', 'unavailable', 'unauthenticated'].includes(cause.code)) return;
  const fields = namedFields(cause).map(({ field }) => field.slice(0, 200));
  const patientId = cause.code === 'not-found' ? undefined : about.patientId;
  const detail = { code: cause.code, fields: fields.slice(0, 20) };
  const fact = { action: 'consultation.consultationRefused', outcome: 'refused', detail } as const;
  await db.transaction((tx) => recordAudit(tx, { ...auditOf(ctx, about.facilityId), ...fact, patientId }));
}
