import { expect, test } from 'vitest';
import { sentName } from './sent-name.ts';

test.each([
  ['a.scp', undefined, 'a.scp'],
  [undefined, 'attachment; filename="b c.xml"', 'b c.xml'],
  [undefined, 'attachment; filename="x"; filename*=UTF-8\'\'%E5%BC%A0%E4%B8%89.xml', '张三.xml'],
  [undefined, 'inline; filename=plain.dcm; size=3', 'plain.dcm'],
  ['C:\\ECG\\张三.xml', undefined, '张三.xml'],
  ['../../etc/passwd', undefined, 'passwd'],
  ['a\u0000\u202eb.scp\n', undefined, 'ab.scp'],
  ['..', undefined, null],
  [undefined, "attachment; filename*=UTF-8''%zz", null],
  [undefined, undefined, null],
  [['a', 'b'], undefined, null],
])('%j and %j is called %j', (query, disposition, name) => expect(sentName(query, disposition)).toBe(name));

test('a name is cut by whole characters', () => {
  expect([...(sentName('𠮷'.repeat(500), undefined) ?? '')]).toHaveLength(200);
});
