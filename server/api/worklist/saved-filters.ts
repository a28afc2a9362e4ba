import { HubError } from '@lianzhen/contracts/errors.ts';
import { isStorable } from '@lianzhen/contracts/storable.ts';
import type { Prisma } from '@lianzhen/db/client.ts';
import { type Ctx, requireAccess, requirePerson } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './store.ts';

const maxFilters = 50;
const maxBytes = 4096;

interface SavedFilter {
  id: string;
  name: string;
  query: Record<string, unknown>;
}
const viewOf = ({ id, name, query }: { id: string; name: string; query: unknown }): SavedFilter => ({
  id,
  name,
  query: query as Record<string, unknown>,
});

/** One's own saved filters, by name. They hold no patient's data and leave no trail. */
export async function listFilters({ db }: Pick<Deps, 'db'>, ctx: Ctx): Promise<SavedFilter[]> {
  requireAccess(ctx, 'worklist:read');
  return (await store.filters(db, requirePerson(ctx).accountId)).map(viewOf);
}

/** Saves a filter under a name; the same name again replaces it. @throws `too-large` past 50 filters or 4 KB */
export async function saveFilter(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  input: { name: string; query: Record<string, unknown> },
): Promise<SavedFilter> {
  requireAccess(ctx, 'worklist:read');
  const { accountId } = requirePerson(ctx);
  if (JSON.stringify(input.query).length > maxBytes)
    throw new HubError('too-large', { field: 'query', limit: maxBytes });
  if (!isStorable(input.query))
    throw new HubError('bad-input', { fields: [{ field: 'query', expected: 'well-formed text' }] });
  const own = await store.filters(db, accountId);
  if (own.length >= maxFilters && own.every(({ name }) => name !== input.name))
    throw new HubError('too-large', { limit: maxFilters });
  return viewOf(await store.saveFilter(db, accountId, input.name, input.query as Prisma.InputJsonObject));
}

export async function removeFilter({ db }: Pick<Deps, 'db'>, ctx: Ctx, input: { id: string }): Promise<{ ok: true }> {
  requireAccess(ctx, 'worklist:read');
  const { count } = await store.removeFilter(db, requirePerson(ctx).accountId, input.id);
  if (count === 0) throw new HubError('not-found');
  return { ok: true };
}
