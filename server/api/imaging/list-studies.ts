import { rolesMay } from '@lianzhen/contracts/access.ts';
import type { StudyListed, StudyState } from '@lianzhen/contracts/imaging.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import { detachable } from './detachable.ts';
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
): Promise<{ rows: StudyListed[]; total: number }> {
  const scope = requireAccess(ctx, 'study:read');
  const filter = { states: input.state?.length ? input.state : undefined, q: input.q };
  const { rows, total } = await store.page(db, scope, filter, (input.page - 1) * input.pageSize, input.pageSize);
  const mayDetach = requirePerson(ctx).seats.some(({ roles }) => rolesMay(roles, 'study:attach'));
  const ids = rows.map(({ id }) => id);
  const free = mayDetach ? await detachable(db, requireAccess(ctx, 'study:attach'), ids) : new Set();
  return { rows: rows.map((row) => ({ ...studyRow(row), canDetach: free.has(row.id) })), total };
}
