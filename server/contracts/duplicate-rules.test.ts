import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Comparable, compareIdentities, proposalScore } from './duplicate-rules.ts';
import { readIdCard } from './id-card.ts';

const person = (changes: Partial<Comparable> = {}): Comparable => ({
  name: '张桂芳',
  namePinyin: 'zhangguifang',
  sex: 'female',
  birthDate: '1958-03-12',
  phone: null,
  address: null,
  identifiers: [],
  ...changes,
});
const number = (type: string, value: string, issuer = 'CN') => ({ type, issuer, value });
const scoreOf = (first: Partial<Comparable>, second: Partial<Comparable>) =>
  compareIdentities(person(first), person(second)).score;

describe('a pair is proposed', () => {
  test('with the same name, sex and date of birth', () => {
    expect(scoreOf({}, {})).toBeGreaterThanOrEqual(proposalScore);
  });

  test.each([
    ['day and month swapped', '1958-12-03'],
    ['two digits swapped', '1958-03-21'],
    ['one wrong digit', '1953-03-12'],
  ])('with %s in the date of birth and the same telephone', (_, birthDate) => {
    const phone = '13800138000';
    expect(scoreOf({ phone }, { phone: '+86 138-0013-8000', birthDate })).toBeGreaterThanOrEqual(proposalScore);
    expect(scoreOf({}, { birthDate })).toBeLessThan(proposalScore);
  });

  test('with a name that only sounds the same', () => {
    const evidence = { phone: '13800138000', address: '二坝村三组12号' };
    const other = { ...evidence, name: '章桂方' };
    expect(scoreOf(evidence, other)).toBeGreaterThanOrEqual(proposalScore);
    expect(compareIdentities(person(evidence), person(other)).evidence).toContainEqual({
      field: 'name',
      first: '张桂芳',
      second: '章桂方',
      verdict: 'similar',
    });
  });

  test('when one of two ID numbers is the other with a slip, and so fails its check', () => {
    const right = { identifiers: [number('id-card', '11010519491231002X')] };
    const slip = { identifiers: [number('id-card', '11010519491281002X')] };
    const { score, evidence } = compareIdentities(person(right), person(slip));
    expect(score).toBeGreaterThan(scoreOf({}, {}));
    expect(evidence.find(({ field }) => field === 'id-card')?.verdict).toBe('similar');
  });

  test('although one facility gave the person two record numbers', () => {
    const numbers = (value: string) => ({ identifiers: [number('mrn', value, 'T01')] });
    expect(scoreOf(numbers('M0001'), numbers('M7730'))).toBeGreaterThanOrEqual(proposalScore);
  });
});

describe('a pair is not proposed', () => {
  test('on a name alone, whoever else they are', () => {
    const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
    const someone = fc.record({
      sex: fc.constantFrom('male', 'female', 'unknown', 'unstated'),
      birthDate: maybe(fc.integer({ min: 1900, max: 1949 }).map((year) => `${year}-07-09`)),
      phone: maybe(fc.integer({ min: 0, max: 9_999_999 }).map((tail) => `1381${String(tail).padStart(7, '0')}`)),
      address: maybe(fc.string({ minLength: 6, maxLength: 20 }).map((street) => `甲村一组三号${street}`)),
    });
    fc.assert(
      fc.property(someone, someone, (first, second) => {
        const other = {
          ...second,
          birthDate: second.birthDate?.replace('19', '20') ?? null,
          phone: second.phone?.replace('1381', '1992') ?? null,
          address: second.address?.replace('甲村一', '乙镇九') ?? null,
        };
        expect(scoreOf(first, other)).toBeLessThan(proposalScore);
      }),
    );
  });

  test('for twins: same birth, sex, home and telephone, ID numbers next to each other', () => {
    const home = { phone: '13800138000', address: '二坝村三组12号', birthDate: '2010-05-01' };
    // Sequence numbers 002 and 004 of one day and place, both with a right check digit.
    const first = {
      ...home,
      name: '王小红',
      namePinyin: 'wangxiaohong',
      identifiers: [number('id-card', '622301201005010023')],
    };
    const second = {
      ...home,
      name: '王小虹',
      namePinyin: 'wangxiaohong',
      identifiers: [number('id-card', '62230120100501004X')],
    };
    for (const { identifiers } of [first, second]) expect(readIdCard(identifiers[0]?.value ?? '')).toBeDefined();
    expect(scoreOf(first, second)).toBeLessThan(0);
    const withoutNumbers = scoreOf(
      { ...first, identifiers: [] },
      { ...second, identifiers: [], name: '王小兰', namePinyin: 'wangxiaolan' },
    );
    expect(withoutNumbers).toBeLessThan(proposalScore);
  });

  test('when two ID numbers are both right and differ', () => {
    const numbers = (value: string) => ({ identifiers: [number('id-card', value)] });
    expect(scoreOf(numbers('11010519491231002X'), numbers('440524188001010014'))).toBeLessThan(0);
  });

  test('for neighbours in a series of record numbers', () => {
    const { evidence } = compareIdentities(
      person({ identifiers: [number('mrn', 'M0001', 'T01')] }),
      person({ identifiers: [number('mrn', 'M0002', 'T01')] }),
    );
    expect(evidence.find(({ field }) => field === 'mrn')?.verdict).toBe('different');
  });

  test('for placeholders', () => {
    const nobody = { birthDate: null, sex: 'unknown', phone: '0', address: '无' };
    expect(scoreOf(nobody, nobody)).toBeLessThan(proposalScore);
  });
});

test('the same numbers of two issuers say nothing', () => {
  const of = (issuer: string) => person({ identifiers: [number('mrn', 'M0001', issuer)] });
  expect(compareIdentities(of('T01'), of('T02')).evidence.map(({ field }) => field)).not.toContain('mrn');
});

test('the order of the two does not matter', () => {
  const some = fc.record({
    name: fc.constantFrom('张三', '章三', '李四'),
    birthDate: fc.constantFrom(null, '1958-03-12', '1958-12-03', '1960-01-01'),
    phone: fc.constantFrom(null, '13800138000', '13800138001'),
  });
  fc.assert(
    fc.property(some, some, (a, b) => {
      expect(scoreOf(a, b)).toBe(scoreOf(b, a));
    }),
  );
});
