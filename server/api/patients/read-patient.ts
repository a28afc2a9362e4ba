import { recordAudit } from '@lianzhen/db/audit.ts';
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
    const view = await patientView(tx, row, input.reveal === true);
    const merges = await mergeViews(tx, await store.mergesOf(tx, row.id));
    const action = input.reveal ? 'patients.numbersRevealed' : 'patients.patientRead';
    await recordAudit(tx, { ...auditOf(ctx), action, patientId: row.id, objectType: 'patient', objectId: row.id });
    return { ...view, merges };
  });
}
