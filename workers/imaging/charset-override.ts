const overrideMark = ' (override)';

/** What a study's text was read with, as people see it and as `redecodeDevice` finds what is still to do. */
export function charsetLabel(override: string | null, used: readonly string[]): string {
  if (override !== null) return `${override}${overrideMark}`;
  return used.filter(Boolean).join('\\') || 'ISO_IR 6';
}

/** Studies of a device whose label is not this were read otherwise. @returns a LIKE pattern, or none for no override */
export const labelOfOverride = (override: string): string => `${override}${overrideMark}`;
export const anyOverride = `%${overrideMark}`;
