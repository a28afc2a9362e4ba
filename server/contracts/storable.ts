/**
 * Whether free JSON can be kept as it is: PostgreSQL's JSON has no NUL character and no half of a surrogate pair.
 * @returns false for what would be refused or come back changed
 */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\u0000');
  if (value === null || typeof value !== 'object') return true;
  return Object.entries(value).every(([key, inner]) => isStorable(key) && isStorable(inner));
}
