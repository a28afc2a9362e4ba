import { HubError } from '@lianzhen/contracts/errors.ts';

/** Where a sender finds a part of a request in what it sent: by the part's path, its beginning, or '' for the whole. */
export type Places = Readonly<Record<string, string>>;
interface Named {
  field: string;
  expected?: unknown;
}

/** The place of the longest beginning of the path that has one; a path without a place stays as it is. */
function placeOf(field: string, places: Places): string {
  const parts = field.split('.');
  for (let length = parts.length; length > 0; length--) {
    const place = places[parts.slice(0, length).join('.')];
    if (place !== undefined) return place;
  }
  return field;
}

/** What an error names: one field, several with what was expected there, or bare names. */
export function namedFields({ details }: HubError): Named[] {
  const { field, expected, fields } = details;
  if (Array.isArray(fields))
    return fields.map((one: Named | string) => (typeof one === 'string' ? { field: one } : one));
  return typeof field === 'string' ? [{ field, expected }] : [];
}

/** The same error, with its fields named as the sender knows them. */
export function inPlaces(cause: HubError, places: Places): HubError {
  const { field: _field, expected: _expected, fields: _fields, ...rest } = cause.details;
  const named = namedFields(cause).map((one) => ({ ...one, field: placeOf(one.field, places) }));
  // What is wrong with no part is wrong with the whole, where the whole has a place.
  const fields = named.length === 0 && places[''] !== undefined ? [{ field: places[''] }] : named;
  return new HubError(cause.code, fields.length > 0 ? { ...rest, fields } : cause.details, { cause: cause.cause });
}

/** Runs a step whose errors speak of parts of a request. */
export async function naming<T>(places: Places, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof HubError ? inPlaces(cause, places) : cause;
  }
}
