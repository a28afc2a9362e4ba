import type { StudyRow, StudyState } from '@lianzhen/contracts/imaging.ts';
import { type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { studyRow } from './study-row.ts';
import * as store from './study-store.ts';

interface ListStudies {
  page: number;
  pageSize: number;
  state?: StudyState[] | undefined;
  q: string;
}

/** What came from one's own machines, and what belongs to orders one has a part in. */
export async function listStudies(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  input: ListStudies,
): Promise<{ rows: StudyRow[]; total: number }> {
  const scope = requireAccess(ctx, 'study:read');
  const filter = { states: input.state?.length ? input.state : undefined, q: input.q };
  const { rows, total } = await store.page(db, scope, filter, (input.page - 1) * input.pageSize, input.pageSize);
  return { rows: rows.map(studyRow), total };
}
