import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskIdentifier, readIdCard } from './id-card.ts';

/** The examples of GB 11643-1999, appendix A. */
const female = '11010519491231002X';
const male = '440524188001010014';

describe('an ID card number', () => {
  test('says sex and date of birth', () => {
    expect(readIdCard(female)).toEqual({ birthDate: '1949-12-31', sex: 'female' });
    expect(readIdCard(male)).toEqual({ birthDate: '1880-01-01', sex: 'male' });
  });

  test('fails its check for every wrong digit and every swap of neighbours', () => {
    for (const right of [female, male]) {
      for (let at = 0; at < 17; at++) {
        for (const digit of '0123456789') {
          if (digit === right[at]) continue;
          expect(readIdCard(right.slice(0, at) + digit + right.slice(at + 1))).toBeUndefined();
        }
        if (at === 16 || right[at] === right[at + 1]) continue;
        const swapped = right.slice(0, at) + right[at + 1] + right[at] + right.slice(at + 2);
        expect(readIdCard(swapped)).toBeUndefined();
      }
    }
  });

  test.each([
    ['the 15 digits of before 1999', '110105491231002'],
    ['a small x', '11010519491231002x'],
    ['a space', '11010519491231002X '],
    ['a line end', '11010519491231002X\n'],
    ['digits of full width', '１１０１０５１９４９１２３１００２X'],
    ['Arabic digits', '٤٤٠٥٢٤١٨٨٠٠١٠١٠٠١٤'],
    ['nothing', ''],
    ['a long one', '1'.repeat(100_000)],
    ['a mask', '1101**********002X'],
  ])('is not %s', (_, value) => {
    expect(readIdCard(value)).toBeUndefined();
  });

  test.each([
    ['30 February', '110105194902300'],
    ['month 13', '110105194913010'],
    ['29 February of a year without one', '110105190002290'],
    ['a birth long ago', '110105184912310'],
    ['a birth that is yet to come', '110105299901010'],
  ])('does not name %s, whatever its check digit', (_, start) => {
    for (const sequence of ['00', '01', '77'])
      for (const check of '0123456789X') expect(readIdCard(start + sequence + check)).toBeUndefined();
  });

  test('is read whatever it is made of', () => {
    const valid = fc
      .record({
        region: fc.integer({ min: 110_000, max: 999_999 }),
        birth: fc.date({ min: new Date('1900-01-01'), max: new Date('2020-12-31'), noInvalidDate: true }),
        sequence: fc.integer({ min: 1, max: 999 }),
      })
      .map(({ region, birth, sequence }) => {
        const birthDate = birth.toISOString().slice(0, 10);
        const digits = `${region}${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
        const remainder = (check: number) =>
          // ISO 7064: the weighted sum of all eighteen, check included, leaves 1.
          [...digits].reduce((sum, digit, at) => sum + Number(digit) * (2 ** (17 - at) % 11), check) % 11;
        const check = [...Array(11).keys()].find((one) => remainder(one) === 1) ?? 0;
        return { number: digits + (check === 10 ? 'X' : check), birthDate, sequence };
      });
    fc.assert(
      fc.property(valid, ({ number, birthDate, sequence }) => {
        expect(readIdCard(number)).toEqual({ birthDate, sex: sequence % 2 ? 'male' : 'female' });
      }),
    );
  });
});

describe('a mask', () => {
  test.each([
    [female, '1101**********002X'],
    ['123456789012', '1234****9012'],
    ['12345678901', '*********01'],
    ['123456', '****56'],
    ['12345', '****5'],
    ['12', '**'],
    ['1', '*'],
    ['', ''],
  ])('of %j is %j', (value, masked) => {
    expect(maskIdentifier(value)).toBe(masked);
  });

  test('keeps the length and never shows more than it hides, but for whole ID numbers', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (value) => {
        const letters = [...value.replaceAll('*', '')];
        const masked = [...maskIdentifier(letters.join(''))];
        expect(masked).toHaveLength(letters.length);
        const shown = masked.filter((letter) => letter !== '*').length;
        expect(shown).toBeLessThanOrEqual(letters.length >= 12 ? 8 : letters.length / 3);
        expect(masked.join('').isWellFormed()).toBe(letters.join('').isWellFormed());
      }),
    );
  });
});
