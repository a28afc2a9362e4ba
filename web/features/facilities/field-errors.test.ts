import { AeTitle } from '@lianzhen/contracts/facility-setup.ts';
import { expect, test } from 'vitest';
import { faultsOf, fits } from './field-errors.ts';

test('a field that somebody has already is said to be taken, where it stands in the form', () => {
  expect(faultsOf({ code: 'already-exists', details: { field: 'admin.username' } })).toEqual([
    { path: ['admin', 'username'], fault: 'taken' },
  ]);
});

test('a host that the operator does not allow, and any other refusal', () => {
  const fields = [{ field: 'host', expected: '…' }];
  expect(faultsOf({ code: 'bad-input', details: { why: 'host-not-allowed', fields } })).toEqual([
    { path: ['host'], fault: 'host-refused' },
  ]);
  expect(faultsOf({ code: 'bad-input', details: { fields } })[0]?.fault).toBe('not-accepted');
  expect(faultsOf({ code: 'stale-revision', details: { expected: 1 } })).toEqual([]);
});

test('a rule asks the contract and leaves an empty field to others', async () => {
  const { validator } = fits(AeTitle, 'no');
  await expect(validator({}, 'T01_DR')).resolves.toBeUndefined();
  await expect(validator({}, '')).resolves.toBeUndefined();
  await expect(validator({}, '胸片机')).rejects.toThrow('no');
});
