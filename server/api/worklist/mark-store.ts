import type { Mark } from '@lianzhen/contracts/shared-view.ts';
import type { Tx } from '@lianzhen/db/client.ts';

export const marks = (tx: Tx, caseId: string) =>
  tx.caseMark.findMany({ where: { caseId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });

export const countOthers = (tx: Tx, caseId: string, id: string): Promise<number> =>
  tx.caseMark.count({ where: { caseId, NOT: { id } } });

export const place = (
  tx: Tx,
  caseId: string,
  mark: Mark,
  author: { authorId: string; authorName: string; at: Date },
): Promise<unknown> => {
  const { id, studyUid: studyInstanceUid } = mark;
  const data = { studyInstanceUid, mark, ...author };
  return tx.caseMark.upsert({
    where: { caseId_id: { caseId, id } },
    create: { caseId, id, ...data },
    update: data,
  });
};

export const remove = (tx: Tx, caseId: string, id: string) => tx.caseMark.deleteMany({ where: { caseId, id } });
