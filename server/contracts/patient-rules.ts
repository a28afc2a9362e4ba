import { HubError } from './errors.ts';
import { readIdCard } from './id-card.ts';
import type { Identifier, Sex } from './patients.ts';

/** Numbers that one office gives out for the whole country. */
const oneIssuer = new Set(['id-card', 'birth-certificate']);
export const nationalIssuer = 'CN';

interface Described {
  sex: Sex;
  birthDate: string | null;
  identifiers: readonly Identifier[];
}

/**
 * Upper case, half width, without spaces and without what cannot be seen; national numbers have one issuer, so that the
 * same number cannot be entered twice.
 */
export function normalIdentifier({ type, issuer, value }: Identifier): Identifier {
  return {
    type,
    issuer: oneIssuer.has(type) ? nationalIssuer : visible(issuer).trim(),
    value: visible(value).replace(/\s/g, '').toUpperCase(),
  };
}
const visible = (text: string): string => text.normalize('NFKC').replace(/\p{Cf}/gu, '');

/** The same number given twice is one number. */
export function normalIdentifiers(given: readonly Identifier[]): Identifier[] {
  const byKey = new Map(
    given.map(normalIdentifier).map((one) => [JSON.stringify([one.type, one.issuer, one.value]), one]),
  );
  return [...byKey.values()];
}

/**
 * Checks the numbers against each other and against what was typed beside them.
 * @throws `invalid-identifier` for a wrong check digit, `identity-mismatch` where the card says another sex or birth date
 */
export function checkIdentity(described: Described): void {
  for (const [at, { type, issuer, value }] of described.identifiers.entries()) {
    // Nothing is left of it once spaces are gone, or it is a number as a screen shows it, with stars.
    if (!issuer || !value || value.includes('*'))
      throw new HubError('invalid-identifier', { field: `identifiers.${at}.value`, expected: 'a whole number' });
    if (type !== 'id-card') continue;
    const facts = readIdCard(value);
    if (!facts) throw new HubError('invalid-identifier', { field: `identifiers.${at}.value`, expected: 'GB 11643' });
    const fields = [
      ...(described.birthDate && described.birthDate !== facts.birthDate ? ['birthDate'] : []),
      ...(['male', 'female'].includes(described.sex) && described.sex !== facts.sex ? ['sex'] : []),
    ];
    if (fields.length > 0) throw new HubError('identity-mismatch', { fields, with: 'id-card' });
  }
}
