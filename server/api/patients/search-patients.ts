import { recordRead } from '../audit/record-read.ts';
import { type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { patientViews } from './patient-view.ts';
import * as store from './store.ts';

/** Patients with a care relation to the asker's facilities, by name, pinyin, initials or number. */
export async function searchPatients(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  input: { q: string; page: number; pageSize: number },
) {
  const scope = requireAccess(ctx, 'patient:read');
  return db.transaction(async (tx) => {
    const { rows, total } = await store.search(tx, scope, input.q, (input.page - 1) * input.pageSize, input.pageSize);
    const views = await patientViews(tx, scope, rows);
    // The words searched for are a person's name: the trail says only how many were shown.
    await recordRead(tx, ctx, {
      action: 'patients.patientsSearched',
      detail: { shown: rows.length, patientIds: rows.map((row) => row.id) },
    });
    return { rows: views, total };
  });
}
