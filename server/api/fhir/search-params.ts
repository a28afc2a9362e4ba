import { HubError } from '@lianzhen/contracts/errors.ts';
import { z } from 'zod';

/** Parameters of every search. */
export const paging = {
  _count: z.coerce.number().int().min(1).max(50).default(20),
  _page: z.coerce.number().int().min(1).max(10_000).default(1),
  _format: z.string().optional(),
};

/** A token search is `system|value` or `value`; where the value alone decides, this is it. */
export const tokenValue = (token: string | undefined): string | undefined =>
  token?.slice(token.lastIndexOf('|') + 1) || undefined;

/** @throws `bad-input` unless it is a reference to a resource of this server */
export function idIn(type: string, field: string, reference: string | undefined): string | undefined {
  const id = reference?.replace(new RegExp(`^${type}/`), '');
  if (id !== undefined && !z.uuid().safeParse(id).success)
    throw new HubError('bad-input', { fields: [{ field, expected: `${type}/{id}` }] });
  return id;
}
