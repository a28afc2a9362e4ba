import { v7 as uuid } from 'uuid';
import type { Tx } from './client.ts';

export interface AuditFact {
  /** `<word>.<past fact>`: `orders.orderSent`, `patients.patientRead`. */
  action: string;
  outcome?: 'success' | 'refused' | 'failure';
  actorId?: string | null;
  actorName?: string | null;
  facilityId?: string | null;
  role?: string | null;
  patientId?: string | null;
  objectType?: string | null;
  objectId?: string | null;
  reason?: string | null;
  address?: string | null;
  requestId?: string | null;
  /** Ids, counts and codes. Never a name, a number of a patient or a payload. */
  detail?: Record<string, unknown>;
}

/**
 * Writes one fact into the chain of the actor's facility, in the transaction of the act. A trigger numbers it, links it
 * to the one before and computes its hash. Call it last: the chain's head is locked until the transaction ends.
 * @param tx the database itself for an act whose parts were committed before: then the fact is a transaction of its own
 */
export async function recordAudit(tx: Pick<Tx, '$executeRaw'>, fact: AuditFact): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "AuditEntry" ("chain", "position", "id", "at", "action", "outcome", "actorId", "actorName", "facilityId", "role",
      "patientId", "objectType", "objectId", "reason", "address", "requestId", "detail", "previousHash", "hash")
    VALUES (${fact.facilityId ?? 'hub'}, 0, ${uuid()}::uuid, now(), ${fact.action}, ${fact.outcome ?? 'success'},
      ${fact.actorId ?? null}::uuid, ${fact.actorName ?? null}, ${fact.facilityId ?? null}::uuid, ${fact.role ?? null},
      ${fact.patientId ?? null}::uuid, ${fact.objectType ?? null}, ${fact.objectId ?? null}, ${fact.reason ?? null},
      ${fact.address ?? null}, ${fact.requestId ?? null}, ${detailText(fact.detail ?? {})}::json, '', '')`;
}

/** PostgreSQL takes neither NUL nor half a character into JSON that it can search. An act must not fail of its trail. */
const detailText = (detail: Record<string, unknown>): string =>
  JSON.stringify(detail, (_key, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value,
  );
