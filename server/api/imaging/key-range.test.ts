import { tags } from '@lianzhen/dicom/tags.ts';
import { expect, test } from 'vitest';
import { isWithin, keyRange } from './key-range.ts';

const time = tags.ScheduledProcedureStepStartTime;
const asked = (value: string) => keyRange({ [time]: { vr: 'TM', Value: [value] } }, time, 'TM');

test.each([
  ['080000-120000', ['080000', '103000', '120000'], ['075959', '120001', '']],
  ['08-12', ['080000', '125959'], ['130000']],
  ['0830-', ['083000', '235959'], ['082959']],
  ['-0830', ['000000', '083059'], ['083100']],
  ['103000', ['103000'], ['103001']],
])('%s', (key, inside, outside) => {
  expect(inside.filter((value) => !isWithin(value, asked(key)))).toEqual([]);
  expect(outside.filter((value) => isWithin(value, asked(key)))).toEqual([]);
});

test('who asks for none gets what has none, too', () => {
  expect(asked('')).toBeUndefined();
  expect(isWithin('', undefined)).toBe(true);
});

test('what is no time is refused by its tag', () => {
  expect(() => asked('morning')).toThrow(expect.objectContaining({ message: expect.stringContaining(time) }));
});
