import { describe, expect, test } from 'vitest';
import { HubError } from './errors.ts';
import { checkIdentity, normalIdentifier, normalIdentifiers } from './patient-rules.ts';
import type { Identifier, Sex } from './patients.ts';

const card = (value: string, issuer = 'CN'): Identifier => ({ type: 'id-card', issuer, value });
const refusal = (identifiers: Identifier[], sex: Sex = 'female', birthDate: string | null = null) => {
  try {
    checkIdentity({ sex, birthDate, identifiers });
    return undefined;
  } catch (cause) {
    if (cause instanceof HubError) return { code: cause.code, ...cause.details };
    throw cause;
  }
};

describe('a number as it is kept', () => {
  test.each([
    [' 110105 19491231 002x ', '11010519491231002X'],
    ['１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
    ['110105\u200b19491231\u202e002X', '11010519491231002X'],
  ])('%j', (typed, kept) => {
    expect(normalIdentifier(card(typed, 'whatever'))).toEqual(card(kept));
  });

  test('given twice is one', () => {
    expect(normalIdentifiers([card('11010519491231002x'), card('110105 19491231002X', 'x')])).toHaveLength(1);
    const numbers: Identifier[] = [
      { type: 'mrn', issuer: 'T01', value: '1' },
      { type: 'mrn', issuer: 'T02', value: '1' },
      { type: 'other', issuer: 'T01', value: '1' },
    ];
    expect(normalIdentifiers(numbers)).toEqual(numbers);
  });
});

describe('an identity', () => {
  test('agrees with its ID card, or leaves open what the card says', () => {
    expect(refusal([card('11010519491231002X')], 'female', '1949-12-31')).toBeUndefined();
    expect(refusal([card('11010519491231002X')], 'unknown')).toBeUndefined();
  });

  test('names every field in which the card says otherwise', () => {
    expect(refusal([card('11010519491231002X')], 'male', '1949-12-30')).toEqual({
      code: 'identity-mismatch',
      fields: ['birthDate', 'sex'],
      with: 'id-card',
    });
  });

  test('names the number that fails its check, and does not repeat it', () => {
    const mrn: Identifier = { type: 'mrn', issuer: 'T01', value: 'M1' };
    const told = refusal([mrn, card('110105194912310021')]);
    expect(told).toEqual({ code: 'invalid-identifier', field: 'identifiers.1.value', expected: 'GB 11643' });
  });

  test.each(['1101**********002X', '', '****'])('takes no number like %j', (value) => {
    expect(refusal([{ type: 'mrn', issuer: 'T01', value }])).toMatchObject({ code: 'invalid-identifier' });
  });
});
