import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reportContent, sampleHash } from '../../../tests/factories/report-content.ts';
import { addressOru, controlIdOf, renderOru } from './hl7-oru.ts';

const options = { contentHash: sampleHash };
const segmentsOf = (oru: string) => oru.split('\r').slice(0, -1);
const fieldsOf = (oru: string, name: string) =>
  segmentsOf(oru)
    .filter((line) => line.startsWith(`${name}|`))
    .map((line) => line.split('|'));
/** What a receiver does with a formatted text. */
const unescaped = (text: string) =>
  text.replace(/\\(\.br|[FSTRE])\\/g, (_, code: string) => ({ F: '|', S: '^', T: '&', R: '~', E: '\\' })[code] ?? '\n');

test('the message of a report of two exams', async () => {
  const oru = renderOru(reportContent(), options);
  await expect(oru.replaceAll('\r', '\n')).toMatchFileSnapshot('./golden/oru-two-exams.hl7');
});

test('every exam of the report has its order, its request and the whole result', () => {
  const oru = renderOru(reportContent(), options);
  expect(fieldsOf(oru, 'OBR').map((obr) => obr[3])).toEqual(['A2603010001^LIANZHEN', 'A2603010002^LIANZHEN']);
  const findings = fieldsOf(oru, 'OBX').filter((obx) => obx[3]?.startsWith('59776-5'));
  expect(findings.map((obx) => obx[5])).toEqual(Array(2).fill('左小腿骨质连续。\\.br\\胸部未见异常。'));
});

test.each([
  ['preliminary', 'P', 'A'],
  ['final', 'F', 'CM'],
  ['corrected', 'C', 'CM'],
] as const)('a %s report is marked %s', (kind, status, orderStatus) => {
  const replaced = kind === 'corrected' ? { replacesVersion: 1, versionNumber: 2, amendmentReason: '侧别更正' } : {};
  const oru = renderOru(reportContent({ kind, ...replaced }), options);
  expect(new Set(fieldsOf(oru, 'OBR').map((obr) => obr[25]))).toEqual(new Set([status]));
  expect(new Set(fieldsOf(oru, 'OBX').map((obx) => obx[11]))).toEqual(new Set([status]));
  expect(fieldsOf(oru, 'ORC')[0]?.[5]).toBe(orderStatus);
  expect(oru.includes('|REPLACES-VERSION^')).toBe(kind === 'corrected');
});

test('a critical, positive finding is flagged and its words are sent', () => {
  const oru = renderOru(reportContent({ critical: true, positive: true, criticalText: '张力性气胸' }), options);
  const rows = fieldsOf(oru, 'OBX').filter((obx) => obx[4] === '1');
  const flagOf = (code: string) => rows.find((obx) => obx[3]?.startsWith(code))?.[8];
  expect([flagOf('19005-8'), flagOf('POLARITY'), flagOf('CRITICAL')]).toEqual(['AA', 'A', 'AA']);
  expect(oru).toContain('张力性气胸');
});

test('no text can add a segment, a field or a frame', () => {
  const kinds = fc.constantFrom(
    '\r',
    '\n',
    '\r\n',
    '|',
    '^',
    '&',
    '~',
    '\\',
    '\u000b',
    '\u001c',
    'OBX|9',
    '\\F\\',
    '甲',
    '𠮷',
  );
  const text = fc.array(kinds, { maxLength: 40 }).map((pieces) => pieces.join(''));
  const plain = segmentsOf(renderOru(reportContent(), options)).map((line) => line.slice(0, 3));
  fc.assert(
    fc.property(text, (hostile) => {
      const content = reportContent({ findings: hostile, impression: `甲${hostile}` });
      content.patient.name = hostile;
      content.order.history = hostile;
      const oru = renderOru(content, options);
      expect(segmentsOf(oru).map((line) => line.slice(0, 3))).toEqual(plain);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested.
      expect(oru).not.toMatch(/[\u0000-\u000c\u000e-\u001f]/);
      const found = fieldsOf(oru, 'OBX')[0]?.[5] ?? '';
      const shown = hostile.replace(/\r\n?/g, '\n').replaceAll('\u000b', '[U+000B]').replaceAll('\u001c', '[U+001C]');
      expect(unescaped(found)).toBe(shown);
    }),
    { numRuns: 300 },
  );
});

test('a long text is whole', () => {
  const findings = '肺纹理增多；'.repeat(3333);
  const oru = renderOru(reportContent({ findings }), options);
  expect(fieldsOf(oru, 'OBX')[0]?.[5]).toBe(findings);
});

test('one receiver gets its own control id, address and bytes', () => {
  const oru = renderOru(reportContent(), options);
  const address = { controlId: 'C1', receivingApplication: 'HIS|1', receivingFacility: 'T01' };
  const utf8 = addressOru(oru, { ...address, charset: 'UNICODE UTF-8' }).toString('utf8');
  expect(utf8.split('\r')[0]).toBe(
    'MSH|^~\\&|LIANZHEN|C01|HIS\\F\\1|T01|20260302013000+0800||ORU^R01^ORU_R01|C1|P|2.5.1|||||CHN|UNICODE UTF-8|zh^Chinese^ISO639',
  );
  const gb = new TextDecoder('gb18030').decode(addressOru(oru, { ...address, charset: 'GB 18030-2000' }));
  expect(gb).toContain('|GB 18030-2000|');
  expect(gb.slice(gb.indexOf('\r'))).toBe(oru.slice(oru.indexOf('\r')));
});

test('a control id has 20 characters and belongs to one delivery', () => {
  const first = controlIdOf('018f0000-0000-7000-8000-000000000001');
  expect(first).toMatch(/^[0-9A-Z]{20}$/);
  expect(controlIdOf('018f0000-0000-7000-8000-000000000001')).toBe(first);
  expect(controlIdOf('018f0000-0000-7000-8000-000000000002')).not.toBe(first);
});
