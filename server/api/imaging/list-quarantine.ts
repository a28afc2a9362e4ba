import type { QuarantineView } from '@lianzhen/contracts/imaging.ts';
import { type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './quarantine-store.ts';
import { quarantineViews } from './quarantine-view.ts';

interface ListQuarantine {
  page: number;
  pageSize: number;
  state: QuarantineView['state'];
}

/** What waits for a person, or what was decided. */
export async function listQuarantine(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  input: ListQuarantine,
): Promise<{ rows: QuarantineView[]; total: number }> {
  const scope = requireAccess(ctx, 'quarantine:decide');
  const { rows, total } = await store.page(db, scope, input.state, (input.page - 1) * input.pageSize, input.pageSize);
  return { rows: await quarantineViews(db, scope, rows), total };
}
