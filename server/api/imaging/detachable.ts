import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Db, Prisma, Tx } from '@lianzhen/db/client.ts';
import { type FacilityScope, studyInScope } from '@lianzhen/db/scope.ts';
import * as store from './study-store.ts';

/** While somebody reads, the images cannot be taken away under it. */
const freeStates = ['waiting', 'ready', 'returned', 'withdrawn'];

/** Who may say that images are not this order's: where they were made, and who answers for the order. */
const answerable = (scope: FacilityScope): Prisma.StudyWhereInput => ({
  OR: [{ facilityId: { in: scope.facilityIds } }, { orderExam: { order: store.answeredForBy(scope) } }],
});

/** Nobody reads it, and no signed version, a preliminary one included, was written on its images. */
const free: Prisma.StudyWhereInput = {
  state: 'matched',
  orderExam: {
    order: {
      OR: [
        { case: { is: null } },
        { case: { state: { in: freeStates }, OR: [{ report: { is: null } }, { report: { versions: { none: {} } } }] } },
      ],
    },
  },
};

/** @returns of these studies the ones that may be detached now by who has this scope for it */
export async function detachable(db: Db, scope: FacilityScope, ids: string[]): Promise<Set<string>> {
  const where = { id: { in: ids }, AND: [studyInScope(scope), answerable(scope), free] };
  const rows = await db.study.findMany({ where, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

/**
 * The same of one study that the caller has locked, with the reason; its case is locked as well.
 * @throws `forbidden`, `report-signed`, or `wrong-state` while somebody reads
 */
export async function assertDetachable(tx: Tx, scope: FacilityScope, id: string, orderExamId: string): Promise<void> {
  if ((await tx.study.count({ where: { id, ...answerable(scope) } })) === 0) {
    throw new HubError('forbidden', { why: 'receives-only' });
  }
  const caseState = await store.lockCaseState(tx, orderExamId);
  if (await store.isReported(tx, orderExamId)) throw new HubError('report-signed');
  if (caseState && !freeStates.includes(caseState)) {
    throw new HubError('wrong-state', { case: caseState, why: 'being-read' });
  }
}
