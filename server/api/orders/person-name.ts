/** Family name first, as it is spoken; with spaces where it is written in letters. */
export function joinedName(parts: readonly string[]): string {
  const given = parts.map((part) => part.trim()).filter((part) => part !== '');
  return given.join(given.some((part) => /\p{Script=Han}/u.test(part)) ? '' : ' ');
}
