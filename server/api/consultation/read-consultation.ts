import type { ConsultationView } from '@lianzhen/contracts/consultation-views.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import { recordRead } from '../audit/record-read.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { consultationView } from './consultation-view.ts';
import * as store from './store.ts';

/** The case of a consultation, for everybody with a part in it. @throws `not-found` for anybody else */
export async function readConsultation(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: { id: string },
): Promise<ConsultationView> {
  const scope = requireAccess(ctx, 'consultation:read');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.read(tx, scope, input.id);
    const view = await consultationView(tx, found, person, clock.now());
    await recordRead(tx, ctx, {
      action: 'consultation.consultationRead',
      patientId: found.patientId,
      objectType: 'consultation',
      objectId: found.id,
    });
    return view;
  });
}

/** How every act on a consultation ends: the case as it is now, and the act in the trail. */
export async function answerWith(
  tx: Tx,
  ctx: Ctx,
  scope: FacilityScope,
  id: string,
  now: Date,
  did: { action: `consultation.${string}`; reason?: string; detail?: Record<string, unknown> },
): Promise<ConsultationView> {
  const found = await store.read(tx, scope, id);
  const view = await consultationView(tx, found, requirePerson(ctx), now);
  const facilityId = found.parties.find((party) => scope.facilityIds.includes(party.facilityId))?.facilityId;
  await recordAudit(tx, {
    ...auditOf(ctx, facilityId),
    ...did,
    patientId: found.patientId,
    objectType: 'consultation',
    objectId: id,
  });
  return view;
}
