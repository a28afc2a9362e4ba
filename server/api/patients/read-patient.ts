import { recordAudit } from '@lianzhen/db/audit.ts';
import { recordRead } from '../audit/record-read.ts';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { mergeViews } from './merge-view.ts';
import { patientView } from './patient-view.ts';
import * as store from './store.ts';

/** One patient. Numbers are masked unless asked for whole, which is audited as such. */
export async function readPatient({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: { id: string; reveal?: boolean }) {
  const scope = requireAccess(ctx, 'patient:read');
  return db.transaction(async (tx) => {
    const row = await store.read(tx, scope, input.id);
    const view = await patientView(tx, scope, row, input.reveal === true);
    const merges = await mergeViews(tx, await store.mergesOf(tx, row.id));
    const what = { patientId: row.id, objectType: 'patient', objectId: row.id };
    // To uncover numbers is an act, each time.
    if (input.reveal) await recordAudit(tx, { ...auditOf(ctx), action: 'patients.numbersRevealed', ...what });
    else await recordRead(tx, ctx, { action: 'patients.patientRead', ...what });
    return { ...view, merges };
  });
}
