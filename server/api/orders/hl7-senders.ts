import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Hl7SenderBody, Hl7SenderView } from '@lianzhen/contracts/orders.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { isUniqueViolation } from '@lianzhen/db/client.ts';
import type { z } from 'zod';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './sender-store.ts';

type Part = Pick<Deps, 'db'>;
type Row = Awaited<ReturnType<typeof store.senders>>[number];

const view = ({
  id,
  facilityId,
  application,
  sendingFacility,
  addresses,
  lastSeenAt,
}: Row): z.infer<typeof Hl7SenderView> => ({
  ...{ id, facilityId, application, sendingFacility, addresses },
  lastSeenAt: lastSeenAt?.toISOString() ?? null,
});

export async function listSenders({ db }: Part, ctx: Ctx) {
  const scope = requireAccess(ctx, 'facility:manage');
  return (await store.senders(db, scope)).map(view);
}

/** @throws `already-exists` where another system goes by the same two names */
export async function registerSender({ db }: Part, ctx: Ctx, input: z.infer<typeof Hl7SenderBody>) {
  requireAccess(ctx, 'facility:manage', input.facilityId);
  const register = db.transaction(async (tx) => {
    const row = await store.insertSender(tx, { ...input, addresses: [...new Set(input.addresses)] });
    await recordAudit(tx, {
      ...auditOf(ctx, input.facilityId),
      ...{ action: 'orders.senderRegistered', objectType: 'hl7-sender', objectId: row.id },
      detail: { addresses: row.addresses },
    });
    return view(row);
  });
  return register.catch((cause: unknown) => {
    throw isUniqueViolation(cause) ? new HubError('already-exists', { field: 'application' }, { cause }) : cause;
  });
}

export async function removeSender({ db }: Part, ctx: Ctx, input: { id: string }) {
  const scope = requireAccess(ctx, 'facility:manage');
  return db.transaction(async (tx) => {
    const row = await store.removeSender(tx, scope, input.id);
    await recordAudit(tx, {
      ...auditOf(ctx, row.facilityId),
      ...{ action: 'orders.senderRemoved', objectType: 'hl7-sender', objectId: row.id },
    });
    return { ok: true } as const;
  });
}
