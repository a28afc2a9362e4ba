import { expect, test } from 'vitest';
import { headerName } from './header-name.ts';

test('shows every group that a machine wrote', () => {
  expect(headerName({ Alphabetic: 'ZHANG^SAN', Ideographic: '张^三' })).toBe('张 三 (ZHANG SAN)');
  expect(headerName({ Alphabetic: 'DOE^JOHN' })).toBe('DOE JOHN');
});

test('a study without a name shows none', () => {
  expect(headerName(null)).toBe('');
  expect(headerName({})).toBe('');
});
