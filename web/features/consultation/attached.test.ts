import { expect, test } from 'vitest';
import { attached } from './attached.ts';

const none = { studyIds: [], orderIds: [], versionIds: [] };
const order = { id: 'o', exams: [{ studies: [{ id: 's1' }] }, { studies: [{ id: 's2' }] }], latestVersionId: 'v' };

test('an order brings its studies and its report, and takes them away again', () => {
  const on = attached({ ...none, studyIds: ['other'] }, order, true);
  expect(on).toEqual({ studyIds: ['other', 's1', 's2'], orderIds: ['o'], versionIds: ['v'] });
  expect(attached(on, order, false)).toEqual({ ...none, studyIds: ['other'] });
});

test('attached twice is attached once', () => {
  const on = attached(none, order, true);
  expect(attached(on, order, true)).toEqual(on);
});

test('an order without a report brings none', () => {
  expect(attached(none, { ...order, latestVersionId: null }, true).versionIds).toEqual([]);
});
