import { HubError } from './errors.ts';
import { readIdCard } from './id-card.ts';
import type { Identifier, Sex } from './patients.ts';

/** What identifies a person across facilities once its issuer has been checked. */
const national = new Set(['id-card', 'passport', 'birth-certificate']);
export const nationalIssuer = 'CN';

interface Described {
  sex: Sex;
  birthDate: string | null;
  identifiers: readonly Identifier[];
}

/** Upper case, no spaces; national numbers have one issuer, so that the same number cannot be entered twice. */
export function normalIdentifier({ type, issuer, value }: Identifier): Identifier {
  return {
    type,
    issuer: national.has(type) && type !== 'passport' ? nationalIssuer : issuer.trim(),
    value: value.replace(/\s/g, '').toUpperCase(),
  };
}

/**
 * Checks the numbers against each other and against what was typed beside them.
 * @throws `invalid-identifier` for a wrong check digit, `identity-mismatch` where the card says another sex or birth date
 */
export function checkIdentity(described: Described): void {
  for (const [at, { type, value }] of described.identifiers.entries()) {
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
