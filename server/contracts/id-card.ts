const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

export interface IdCardFacts {
  birthDate: string;
  sex: 'male' | 'female';
}

/**
 * Checks an 18-digit citizen identity number: region, date of birth, check digit (GB 11643, ISO 7064 MOD 11-2).
 * @returns what the number says, or undefined where it fails its check.
 */
export function readIdCard(value: string): IdCardFacts | undefined {
  if (!/^[1-9]\d{16}[\dX]$/.test(value)) return undefined;
  const sum = weights.reduce((total, weight, at) => total + weight * Number(value[at]), 0);
  if ('10X98765432'[sum % 11] !== value[17]) return undefined;
  const birthDate = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`;
  const date = new Date(`${birthDate}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== birthDate) return undefined;
  if (birthDate < '1850-01-01' || date.getTime() > Date.now() + 86_400_000) return undefined;
  return { birthDate, sex: Number(value[16]) % 2 === 1 ? 'male' : 'female' };
}

/**
 * First four and last four remain; short numbers keep only their end, and never more than a third of
 * themselves.
 */
export function maskIdentifier(value: string): string {
  const letters = [...value];
  const { length } = letters;
  const start = length >= 12 ? 4 : 0;
  const end = length >= 12 ? 4 : Math.min(2, Math.floor(length / 3));
  return letters.map((letter, at) => (at < start || at >= length - end ? letter : '*')).join('');
}
