import { expect, test } from 'vitest';
import { differingFields } from './register-person.ts';

const known = { name: '买买提·艾力', sex: 'male', birthDate: new Date('1960-05-01') };

test.each([
  [{}, []],
  [{ name: '买买提艾力' }, []],
  [{ name: '买买提 ·艾力' }, []],
  [{ name: '买买提' }, ['name']],
  [{ sex: 'unknown', birthDate: null }, []],
  [{ sex: 'female', birthDate: '1960-05-02' }, ['sex', 'birthDate']],
])('who gives %o differs in %o', (given, fields) => {
  expect(differingFields(known, { name: known.name, sex: 'male', birthDate: '1960-05-01', ...given })).toEqual(fields);
});
