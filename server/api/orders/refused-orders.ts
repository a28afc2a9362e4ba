import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Db } from '@lianzhen/db/client.ts';
import { auditOf, type Ctx } from '../context.ts';
import { namedFields } from './named-fields.ts';

/** Whoever's number was used for somebody else; only the trail is told. */
const patientsBehind = ({ cause }: HubError): string[] => {
  const { patientIds } = (cause ?? {}) as { patientIds?: unknown };
  return Array.isArray(patientIds) ? patientIds.map(String) : [];
};

/**
 * Writes a refusal down on its own: what was refused has left nothing else behind. Which fields and why, by their names;
 * nothing of what they held.
 * @param about whom the request named; a patient who is not the sender's to see is none
 */
export async function recordRefusal(
  db: Db,
  ctx: Ctx,
  door: 'fhir' | 'hl7' | 'page',
  cause: unknown,
  about: { facilityId?: string; patientId?: string } = {},
): Promise<void> {
  if (!(cause instanceof HubError) || ['internal', 'unavailable', 'unauthenticated'].includes(cause.code)) return;
  const fields = namedFields(cause).map(({ field }) => field.slice(0, 200));
  const { code, details } = cause;
  const detail = {
    ...{ door, code, fields: fields.slice(0, 20), patientIds: patientsBehind(cause) },
    ...(typeof details.missing === 'string' ? { missing: details.missing } : {}),
  };
  const fact = { action: 'orders.orderRefused', outcome: 'refused', detail } as const;
  const patientId = code === 'not-found' ? undefined : about.patientId;
  await db.transaction((tx) => recordAudit(tx, { ...auditOf(ctx, about.facilityId), ...fact, patientId }));
}
