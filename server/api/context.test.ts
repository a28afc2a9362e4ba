import { caseAtDesk, orderInScope, scopeOfFacilities, studyInScope } from '@lianzhen/db/scope.ts';
import { expect, test } from 'vitest';
import { ctxFor, type GivenAccount, seatAt } from '../../tests/factories/callers.ts';
import { requireAccess } from './context.ts';

const house = (id: string) => ({ id, code: id, name: id, level: 'county' });
const person = (...seats: GivenAccount['seats']): GivenAccount => ({
  kind: 'person',
  accountId: 'who',
  username: 'who',
  displayName: '某人',
  title: null,
  licenceNumber: null,
  seats,
  sessionHash: '',
});

test('a reader’s role is bound to his centres, any other is good for the facility', () => {
  const scopeFor = (...seats: GivenAccount['seats']) => {
    const { facilityIds, readerAt, accountId } = requireAccess(ctxFor(person(...seats)), 'study:read');
    return { facilityIds, readerAt, accountId };
  };
  const reader = seatAt(house('a'), ['reader', 'senior-reader']);
  expect(scopeFor(reader)).toEqual({ facilityIds: ['a'], readerAt: ['a'], accountId: 'who' });
  expect(scopeFor(seatAt(house('a'), ['reader', 'technician'])).readerAt).toEqual([]);
  // What the other role may not do does not make the reader more than he is.
  expect(scopeFor(seatAt(house('a'), ['reader', 'facility-admin', 'auditor'])).readerAt).toEqual(['a']);
  const both = scopeFor(reader, seatAt(house('b'), ['requesting-doctor']));
  expect(both).toEqual({ facilityIds: ['a', 'b'], readerAt: ['a'], accountId: 'who' });
  const ctx = ctxFor(person(reader, seatAt(house('b'), ['requesting-doctor'])));
  expect(requireAccess(ctx, 'study:read', 'b')).toMatchObject({ facilityIds: ['b'], readerAt: [] });
});

test('whoever oversees a region is no mere reader in it, where the role is asked for what it may do', () => {
  const region = seatAt(house('g'), ['facility-admin'], ['g', 'a']);
  const ctx = ctxFor(person(region, seatAt(house('a'), ['reader'])));
  expect(requireAccess(ctx, 'quarantine:decide')).toMatchObject({ readerAt: [] });
  expect(requireAccess(ctx, 'study:read')).toMatchObject({ facilityIds: ['a'], readerAt: ['a'] });
});

test('a machine has no desk, and whoever is no reader is asked nothing about centres', () => {
  const scope = scopeOfFacilities(['a']);
  expect(caseAtDesk(scope).OR).toEqual([{ id: { in: [] } }]);
  const asked = JSON.stringify([orderInScope(scope), studyInScope(scope)]);
  expect(asked).not.toMatch(/members|lease/);
});
