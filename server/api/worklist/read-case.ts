import type { CaseView } from '@lianzhen/contracts/worklist.ts';
import { recordRead } from '../audit/record-read.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { caseView } from './case-view.ts';
import * as store from './store.ts';

/** Looks at a case without claiming it. */
export async function readCase(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  ctx: Ctx,
  input: { id: string },
): Promise<CaseView> {
  const scope = requireAccess(ctx, 'worklist:read');
  const { accountId } = requirePerson(ctx);
  return db.transaction(async (tx) => {
    const found = await store.read(tx, scope, input.id);
    const view = await caseView(tx, scope, found, accountId, clock.now());
    await recordRead(
      tx,
      ctx,
      { action: 'worklist.caseRead', patientId: found.order.patientId, objectType: 'case', objectId: found.id },
      found.centre.facilityId,
    );
    return view;
  });
}
