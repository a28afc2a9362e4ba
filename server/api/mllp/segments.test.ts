import { expect, test } from 'vitest';
import { readHeader } from './message-header.ts';
import { readSegments } from './segments.ts';

const read = (body: string, head = 'MSH|^~\\&|HIS|T01|L|C01|20260301||ORM^O01|1|P|2.5.1\r') => {
  const header = readHeader(head);
  if (!header) throw new Error('no header');
  return readSegments(header, head + body);
};

test('fields, repetitions, components and subcomponents count from one', () => {
  const [pid, obr] = read('PID|1||A^^^HIS&1.2&ISO^MR~B^^^CN^NNCHN||张^三\rOBR|1|P-1\n');
  expect([pid?.name, obr?.name, pid?.nth]).toEqual(['PID', 'OBR', 1]);
  expect([pid?.count(3), pid?.text(3), pid?.text(3, 5, 2), pid?.text(5, 2)]).toEqual([2, 'A', 'NNCHN', '三']);
  expect(pid?.parts(3, 4)).toEqual(['HIS', '1.2', 'ISO']);
  expect([pid?.text(40), pid?.count(40), pid?.text(3, 9), pid?.lines(40)]).toEqual(['', 0, '', []]);
});

test('the second of a name is the second', () => {
  expect(read('OBR|1\rNTE|1\rOBR|2\r').map(({ name, nth }) => `${name}${nth}`)).toEqual(['OBR1', 'NTE1', 'OBR2']);
});

test('escapes become what they stand for, and what is none stays', () => {
  const [nte] = read('NTE|1||a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f\\.br\\g\\X0D\\h\\H\\i\\N\\~50% \\ of\\Zx\\it\r');
  expect(nte?.lines(3)).toEqual(['a|b^c&d~e\\f\ng\nhi', '50% \\ of\\Zx\\it']);
});

test('a null is nothing, and delimiters are those of the header', () => {
  expect(read('PV1|1|""\r')[0]?.text(2)).toBe('');
  const [pid] = read('PID#1##A*x!B\r', 'MSH#*!@$#HIS#T01\r');
  expect([pid?.text(3, 2), pid?.text(3, 1, 2)]).toEqual(['x', 'B']);
});

test.each(['张三\r', 'PI|1\r', 'pid|1\r', 'PIDX|1\r', 'MSH|^~\\&|again\r', '\u0001\u0002\u0003'])(
  'a line that is no segment (%j) is malformed',
  (body) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ code: 'malformed-request' }));
  },
);

test('what is more than a request needs is refused', () => {
  expect(() => read('NTE|1\r'.repeat(501))).toThrow(expect.objectContaining({ code: 'too-large' }));
  expect(() => read(`NTE|1||${'x'.repeat(300_000)}\r`)).toThrow(expect.objectContaining({ code: 'too-large' }));
});
