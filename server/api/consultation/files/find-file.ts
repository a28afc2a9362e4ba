import { recordAudit } from '@lianzhen/db/audit.ts';
import { recordRead } from '../../audit/record-read.ts';
import { type Ctx, requireAccess } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import { read, readAny } from '../store.ts';
import { requireSeat } from './seat-of-file.ts';
import * as store from './store.ts';

interface FileAsked {
  consultationId: string;
  id: string;
  /** The header `x-room-seat`, of who has no account. */
  proof: string | undefined;
}

/**
 * A file of the chat, for everybody with a part in the consultation, during the session and after it; for a guest or a patient
 * without an account while he sits in the room. The look is in the trail.
 * @throws `not-found` outside the consultation's facilities, `forbidden` for a seat that is not taken
 */
export async function findFile(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  { consultationId, id, proof }: FileAsked,
): Promise<store.FileFound> {
  if (ctx.actor.kind === 'nobody' && proof !== undefined)
    return db.transaction(async (tx) => {
      const seat = await requireSeat(tx, ctx, consultationId, proof, clock.now());
      const file = await store.read(tx, consultationId, id);
      const found = await readAny(tx, consultationId);
      await recordAudit(tx, {
        ...{ action: 'consultation.fileRead', actorName: 'guest', role: seat.role, patientId: found.patientId },
        ...{ facilityId: found.requestingFacilityId, address: ctx.address, requestId: ctx.requestId },
        ...{ objectType: 'consultation', objectId: consultationId, detail: { fileId: id, seatId: seat.seatId } },
      });
      return file;
    });
  const scope = requireAccess(ctx, 'consultation:read');
  return db.transaction(async (tx) => {
    const found = await read(tx, scope, consultationId);
    const file = await store.read(tx, found.id, id);
    const fact = { patientId: found.patientId, objectType: 'consultation', objectId: found.id };
    await recordRead(tx, ctx, { action: 'consultation.fileRead', ...fact, detail: { fileId: id } });
    return file;
  });
}
