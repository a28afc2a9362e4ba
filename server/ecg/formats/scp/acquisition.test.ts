import { expect, test } from 'vitest';
import { readScp } from './read-scp.ts';
import { i16, join, text, u8, u16 } from './test-kit/byte-parts.ts';
import { ecgLeads } from './test-kit/heart.ts';
import { headerSection, usualTags, writeScp } from './test-kit/write-scp.ts';

type Tags = ReadonlyArray<readonly [number, Buffer]>;
const leads = ecgLeads({ count: 40, codes: ['II'] });
const readTags = (tags: Tags) => readScp(writeScp({ leads, tags }));
const when: Tags = usualTags.filter(([tag]) => tag !== 2);

const machine = (language: number, manufacturer = 255) =>
  join(
    u16(1, 2, 3),
    u8(0, manufacturer),
    Buffer.from('ECG-9\0', 'latin1'),
    u8(20, 0xa0, language, 8, 1),
    Buffer.alloc(16),
    u8(4),
    text('1.2'),
    text('SN 77'),
    text('5.6.7'),
    text('scp 2'),
    text('Trade Name'),
  );

test('patient, device, time and filters', () => {
  const trace = readTags([
    [0, text('Zhang')],
    [1, text('San')],
    [2, text(' 110105 ')],
    [5, join(u16(1949), u8(10, 1))],
    [8, u8(2)],
    [14, machine(0)],
    ...when,
    [27, u16(5)],
    [28, u16(150)],
    [29, u8(0b1010)],
    [34, join(i16(480), u16(0), u8(0))],
  ]);
  expect(trace).toMatchObject({
    format: 'scp-ecg',
    patient: { id: '110105', name: 'Zhang^San', sex: 'F', birthDate: '19491001' },
    device: { manufacturer: 'Trade Name', model: 'ECG-9', serialNumber: 'SN 77', software: '5.6.7' },
    acquiredAt: '2026-03-04T05:06:07+08:00',
    accessionNumber: null,
    warnings: [],
  });
  expect(trace.recordings[0]?.leads[0]?.filter).toEqual({ highPassHz: 0.05, lowPassHz: 150, notchHz: 50 });
});

test('what section 1 does not say stays unknown', () => {
  const trace = readTags(when);
  expect(trace.patient).toEqual({ id: null, name: null, sex: null, birthDate: null });
  expect(trace.device).toEqual({ manufacturer: null, model: null, serialNumber: null, software: null });
  expect(trace.recordings[0]?.leads[0]?.filter).toEqual({ highPassHz: null, lowPassHz: null, notchHz: null });
  expect(trace.acquiredAt).toBe('2026-03-04T05:06:07');
});

test('a coded manufacturer has its name, and `unknown` is nobody', () => {
  const unknown = Buffer.from(machine(0, 8).toString('latin1').replace('Trade Name', 'unknown\0\0\0'), 'latin1');
  expect(readTags([...when, [14, unknown]]).device.manufacturer).toBe('Mortara Instruments');
});

test('two family names, and carets that would make more components', () => {
  const names: Tags = [
    [0, text('Gar^cia')],
    [1, text('Ana')],
    [3, text('Lopez')],
  ];
  expect(readTags([...when, ...names]).patient.name).toBe('Gar cia Lopez^Ana');
});

test.each([
  ['Latin-1', 1, Buffer.from('Müller', 'latin1'), 'Müller'],
  ['Cyrillic', 0x13, Buffer.from('b8d2d0ddde', 'hex'), 'Ивано'],
  ['GB 2312', 0x27, Buffer.from('d5c5c8fd', 'hex'), '张三'],
  ['UTF-16', 7, Buffer.from('张三\0', 'utf16le'), '张三'],
])('texts in %s', (_, language, bytes, expected) => {
  const trace = readTags([...when, [14, machine(language)], [0, bytes]]);
  expect(trace.patient.name).toBe(expected);
});

test.each([
  ['utf-8', Buffer.from('张三', 'utf8'), '张三'],
  ['gb18030', Buffer.from('d5c5c8fd', 'hex'), '张三'],
])('Chinese under the code of ASCII is read as %s with a warning', (assumed, bytes, expected) => {
  const trace = readTags([...when, [0, bytes]]);
  expect(trace.patient.name).toBe(expected);
  const detail = `language code 0, read as ${assumed}`;
  expect(trace.warnings).toEqual([{ code: 'text-unreadable', where: 'section 1 tag 0', detail }]);
});

test('bytes that are no text at all are shown as such', () => {
  const trace = readTags([...when, [0, u8(0x41, 0xff, 0x42)]]);
  expect(trace.patient.name).toBe('A\ufffdB');
  expect(trace.warnings).toEqual([{ code: 'text-unreadable', where: 'section 1 tag 0' }]);
});

test('control characters go, and a long text ends', () => {
  const free: Tags = [[30, Buffer.from(`a\u0007b\r\nc${'x'.repeat(9000)}`, 'latin1')]];
  const [annotation] = readTags([...when, ...free]).annotations;
  expect(annotation?.text.slice(0, 5)).toBe('ab cx');
  expect(annotation?.text).toHaveLength(2000);
});

test.each([
  ['a 30th of February', [25, join(u16(2026), u8(2, 30))], 'section 1 tag 25'],
  ['an hour 24', [26, u8(24, 0, 0)], 'section 1 tag 26'],
] as const)('%s is no time', (_, [tag, value], where) => {
  const trace = readTags([...when.filter(([other]) => other !== tag), [tag, value]]);
  expect(trace.acquiredAt).toBeNull();
  expect(trace.warnings).toMatchObject([{ code: 'time-unreadable', where }]);
});

test('a birth date of zeros is none, one beyond the calendar is a warning', () => {
  expect(readTags([...when, [5, Buffer.alloc(4)]])).toMatchObject({ patient: { birthDate: null }, warnings: [] });
  const trace = readTags([...when, [5, join(u16(1999), u8(13, 1))]]);
  expect(trace).toMatchObject({ patient: { birthDate: null }, warnings: [{ where: 'section 1 tag 5' }] });
});

test('age, body and circumstances are annotations of the whole', () => {
  const trace = readTags([
    ...when,
    [4, join(u16(49), u8(1))],
    [6, join(u16(171), u8(1))],
    [7, join(u16(0), u8(1))],
    [11, u16(140)],
    [13, text('chest pain')],
    [13, text('dyspnoea')],
    [10, join(u8(0, 1, 2), text('Digoxin'))],
  ]);
  expect(trace.annotations.map(({ text: said, value, unit }) => [said, value, unit])).toEqual([
    ['age', 49, 'a'],
    ['height', 171, 'cm'],
    ['systolic blood pressure', 140, 'mm[Hg]'],
    ['chest pain', null, null],
    ['dyspnoea', null, null],
    ['Digoxin', null, null],
  ]);
  expect(trace.annotations.every(({ atMs, lead }) => atMs === null && lead === null)).toBe(true);
});

test('zeros behind the last tag are no tags, with or without an end mark', () => {
  const marked = headerSection([[2, text('P-1')]]);
  const unmarked = marked.subarray(0, marked.length - 3);
  for (const contents of [marked, unmarked]) {
    const section = join(contents, Buffer.alloc(3001));
    const trace = readScp(writeScp({ leads, sections: new Map([[1, section]]) }));
    expect(trace.patient).toEqual({ id: 'P-1', name: null, sex: null, birthDate: null });
  }
});

test('a tag that reaches beyond its section is refused: whose trace it is cannot be guessed', () => {
  const forged = headerSection([[2, text('P-1')]]);
  forged.writeUInt16LE(600, 1);
  const bytes = writeScp({ leads, sections: new Map([[1, forged]]) });
  expect(() => readScp(bytes)).toThrow(
    expect.objectContaining({
      code: 'ecg-invalid',
      details: expect.objectContaining({ where: 'section 1', expected: 'value of tag 2 (600 bytes)' }),
    }),
  );
});
