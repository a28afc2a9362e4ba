/** A name of which the beginning is left, for who has no part in the case. */
export function maskedName(name: string): string {
  const [first = '', ...rest] = [...name.trim()];
  return rest.length === 0 ? first && `${first}*` : `${first}${'*'.repeat(Math.min(rest.length, 3))}`;
}
