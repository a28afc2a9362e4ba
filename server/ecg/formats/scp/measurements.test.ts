import { expect, test } from 'vitest';
import { readScp } from './read-scp.ts';
import { i16, join, text, u8, u16, u32 } from './test-kit/byte-parts.ts';
import { ecgLeads } from './test-kit/heart.ts';
import { writeScp } from './test-kit/write-scp.ts';

const leads = ecgLeads({ count: 40, codes: ['II'] });
const readWith = (id: number, contents: Buffer) => readScp(writeScp({ leads, sections: new Map([[id, contents]]) }));

const head = (blocks: number, spikes: number, rr: number) => join(u8(blocks, spikes), u16(rr, rr));
const points = join(u16(80, 180, 240, 340, 620), i16(44, -61, 999));
const spikes = join(u16(120), i16(-2000), u16(29999), i16(5), ...[1, 2].map(() => join(u8(1, 1), u16(0, 400))));
const rates = (kinds: number[]) => join(u16(kinds.length), u8(...kinds), u16(75, 75, 421), u8(1), u16(0));

test('intervals, axes, rate and QTc by the names of the product', () => {
  const trace = readWith(7, join(head(2, 2, 800), points, points, spikes, rates([0, 0, 1])));
  expect(trace.deviceMeasurements).toEqual({
    rr: 800,
    pDuration: 100,
    pr: 160,
    qrs: 100,
    qt: 380,
    pAxis: 44,
    qrsAxis: -61,
    heartRate: 75,
    qtc: 421,
  });
  expect(trace.annotations).toEqual([
    { text: 'pacemaker spike', atMs: 120, endMs: null, lead: null, value: -2000, unit: 'uV' },
  ]);
});

test('what was not measured is not there: neither the codes for it nor zeros', () => {
  const missing = join(u16(29999, 29999, 0, 0, 19999), i16(999, 29999, 180));
  const end = join(u16(0), u16(0, 29999, 29999), u8(255), u16(0));
  expect(readWith(7, join(head(1, 0, 29999), missing, end)).deviceMeasurements).toEqual({ tAxis: 180 });
});

test('a section that ends after its first block still says that', () => {
  const trace = readWith(7, join(head(9, 0, 800), points));
  expect(trace.deviceMeasurements).toMatchObject({ rr: 800, qrs: 100 });
  expect(trace.deviceMeasurements).not.toHaveProperty('heartRate');
  expect(trace.warnings).toEqual([]);
});

test('measurements that are cut in a number are left out with a warning, and the trace is shown', () => {
  const trace = readWith(7, join(head(1, 0, 800), points.subarray(0, 8)));
  expect(trace.deviceMeasurements).toEqual({});
  expect(trace.warnings).toMatchObject([{ code: 'section-skipped', where: 'section 7' }]);
  expect(trace.recordings).toHaveLength(1);
});

const report = join(u8(1), u16(2026), u8(3, 4), u8(5, 6, 7));
const line = (number: number, contents: Buffer) => join(u8(number), u16(contents.length), contents);

test('the lines of the report', () => {
  const lines = join(u8(3), line(1, text('Sinus rhythm')), line(2, text('')), line(3, text('Normal ECG')));
  expect(readWith(8, join(report, lines)).statements).toEqual(['Sinus rhythm', 'Normal ECG']);
});

test('coded statements, each line once, and no logic', () => {
  const coded = join(
    u8(4),
    line(1, join(u8(1), text('IMI'), text('PR_OL'))),
    line(2, join(u8(2), text('Normal ECG'))),
    line(3, join(u8(2), text('Normal ECG'))),
    line(4, join(u8(3), text('1&2'))),
  );
  expect(readWith(11, join(report, coded)).statements).toEqual(['IMI PR_OL', 'Normal ECG']);
});

test('a line that reaches beyond the section leaves the report out', () => {
  const trace = readWith(8, join(report, u8(2), line(1, text('Sinus rhythm')), u8(2), u16(500)));
  expect(trace.statements).toEqual([]);
  expect(trace.warnings).toMatchObject([
    { code: 'section-skipped', where: 'section 8', detail: expect.stringContaining('a statement (500 bytes)') },
  ]);
});

test('the numbers of a lead are annotations of it', () => {
  const values = [110, 150, 29999, 400, 19999, 50, 30, 29998, 29999, -120, 1250];
  const contents = join(u16(2, 0), u16(2, 2 * values.length), i16(...values), u16(63, 2), i16(90));
  const found = readWith(10, contents).annotations;
  expect(found.map(({ lead, text: name, value, unit }) => [lead, name, value, unit])).toEqual([
    ['II', 'P duration', 110, 'ms'],
    ['II', 'PR interval', 150, 'ms'],
    ['II', 'QT interval', 400, 'ms'],
    ['II', 'R duration', 50, 'ms'],
    ['II', 'S duration', 30, 'ms'],
    ['II', 'Q amplitude', -120, 'uV'],
    ['II', 'R amplitude', 1250, 'uV'],
    ['aVL', 'P duration', 90, 'ms'],
  ]);
});

test('a forged count of leads leaves the section out', () => {
  expect(readWith(10, u16(40_000, 0)).warnings).toMatchObject([{ code: 'section-skipped', where: 'section 10' }]);
  expect(readWith(10, join(u16(9, 0), u32(1))).warnings).toMatchObject([{ code: 'section-skipped' }]);
});
