import { HubError } from '@lianzhen/contracts/errors.ts';
import { saveConsultationMarks } from '@lianzhen/contracts/jobs.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import { auditOf, type Ctx, requireAccess, requirePerson } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import { standingOf } from '../standing.ts';
import { read } from '../store.ts';

/**
 * Promises to save what is marked by now as DICOM, for an opinion that is signed while the session goes on.
 * @throws `not-found` for who has no part in the consultation, `forbidden` for who only looks on
 */
export async function savePictures({ db }: Pick<Deps, 'db'>, ctx: Ctx, { id }: { id: string }): Promise<{ ok: true }> {
  const scope = requireAccess(ctx, 'consultation:read');
  const person = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await read(tx, scope, id);
    const standing = standingOf(found, person);
    if (standing !== 'expert' && standing !== 'requester') throw new HubError('forbidden', { standing });
    await enqueue(tx, saveConsultationMarks, { consultationId: id });
    const facilityId = found.parties.find((party) => scope.facilityIds.includes(party.facilityId))?.facilityId;
    await recordAudit(tx, {
      ...auditOf(ctx, facilityId),
      action: 'consultation.picturesSaved',
      patientId: found.patientId,
      objectType: 'consultation',
      objectId: id,
    });
    return { ok: true };
  });
}
