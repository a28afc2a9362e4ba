/**
 * JSON with sorted keys and no white space (RFC 8785 for the values the hub signs: strings, finite numbers, booleans,
 * null, arrays, plain objects). Two equal values give equal text, so that a content hash can be checked anywhere.
 * A field without a value is as good as absent.
 * @throws TypeError for anything that JSON would change on its way: a date, a map, NaN, a bigint
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value))
    return `[${value.map((item) => canonicalJson(item === undefined ? null : item)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null)
      throw new TypeError('not plain JSON: an object of a class');
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
  }
  const isPlain = value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
  if (!isPlain) throw new TypeError(`not plain JSON: ${typeof value}`);
  return JSON.stringify(value);
}
