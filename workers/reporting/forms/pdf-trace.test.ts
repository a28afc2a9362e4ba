import { spawnSync } from 'node:child_process';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ecgPart, ecgReport, recordedTrace } from '../../../tests/factories/ecg-report.ts';
import { sampleHash } from '../../../tests/factories/report-content.ts';
import type { ReportTrace } from '../read-trace.ts';
import { renderPdf } from './pdf.ts';
import { traceSheet } from './trace-sheet.ts';

const hasPdftotext = spawnSync('pdftotext', ['-v']).status === 0;
if (!hasPdftotext) console.log('skipped: no pdftotext (poppler-utils), the text of the PDF is not read back');
const testText = test.skipIf(!hasPdftotext);

const render = (trace?: ReportTrace, content = ecgReport()) => renderPdf(content, { contentHash: sampleHash, trace });
const mediaBoxes = (pdf: Buffer) =>
  [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+ [\d.]+)\]/g)].map(([, size]) => size);
const upright = '595.28 841.89';
const lying = '841.89 595.28';
function textOf(pdf: Buffer, page: number): string {
  const pages = ['-f', String(page), '-l', String(page)];
  const { stdout } = spawnSync('pdftotext', [...pages, '-raw', '-', '-'], { input: pdf, maxBuffer: 1 << 26 });
  return stdout.toString('utf8').replace(/\s+/g, ' ');
}

/** Lines of the page that lies, in points from its upper left corner: `x y m` begins one, `x y l` goes on. */
function linesOf(pdf: Buffer): number[][][] {
  const text = pdf.toString('latin1');
  const streams = [...text.matchAll(/\/Length (\d+)[\s\S]*?stream\n/g)].flatMap((found) => {
    const at = found.index + found[0].length;
    const bytes = pdf.subarray(at, at + Number(found[1]));
    return bytes[0] === 0x78 ? [inflateSync(bytes).toString('latin1')] : [];
  });
  const page = streams.find((stream) => stream.startsWith('1 0 0 -1 0 595.28 cm')) ?? '';
  const lines: number[][][] = [];
  for (const [, x, y, operator] of page.matchAll(/^(-?[\d.]+) (-?[\d.]+) ([ml])$/gm)) {
    if (operator === 'm') lines.push([]);
    lines.at(-1)?.push([Number(x), Number(y)]);
  }
  return lines;
}

test('the same trace gives the same bytes, on a page of its own behind the text', async () => {
  const [first, second] = [await render(recordedTrace()), await render(recordedTrace())];
  expect(first.equals(second)).toBe(true);
  const text = await render();
  expect(mediaBoxes(first)).toEqual([...mediaBoxes(text), lying]);
  expect(mediaBoxes(text)).not.toContain(lying);
});

test('every curve is painted where the sheet has it, a millimetre as a millimetre', async () => {
  const lines = linesOf(await render(recordedTrace()));
  const sheet = traceSheet(ecgReport(), recordedTrace(), 'zh');
  const curves = sheet.primitives.filter((drawn) => drawn.kind === 'polyline');
  // Twelve leads, the strip, and a calibration pulse before each of four rows.
  expect(curves).toHaveLength(17);
  for (const { points } of curves) {
    const expected = Array.from({ length: points.length / 2 }, (_, at) => [
      points[2 * at] ?? 0,
      points[2 * at + 1] ?? 0,
    ]);
    const [x, y] = expected[0]?.map((mm) => (mm * 72) / 25.4) ?? [];
    const painted = lines.find(
      ([begin]) => Math.hypot((begin?.[0] ?? 0) - (x ?? 0), (begin?.[1] ?? 0) - (y ?? 0)) < 0.01,
    );
    expect(painted).toHaveLength(expected.length);
    const furthest = Math.max(
      ...expected.flatMap((point, at) =>
        point.map((mm, axis) => Math.abs((painted?.[at]?.[axis] ?? 0) - (mm * 72) / 25.4)),
      ),
    );
    expect(furthest).toBeLessThan(0.001);
  }
});

test('a calibration pulse is 10 mm high and 5 mm wide, and ten seconds are 250 mm', async () => {
  const lines = linesOf(await render(recordedTrace()));
  const size = (line: number[][], axis: number) => {
    const all = line.map((point) => point[axis] ?? 0);
    return ((Math.max(...all) - Math.min(...all)) * 25.4) / 72;
  };
  const pulses = lines.filter((line) => line.length === 6);
  expect(pulses).toHaveLength(4);
  for (const pulse of pulses) expect(size(pulse, 1)).toBeCloseTo(10, 3);
  for (const [, rise, , fall] of pulses) expect((((fall?.[0] ?? 0) - (rise?.[0] ?? 0)) * 25.4) / 72).toBeCloseTo(5, 3);
  expect(Math.max(...lines.filter((line) => line.length > 100).map((line) => size(line, 0)))).toBeCloseTo(
    250 - 0.05,
    1,
  );
});

testText(
  'the page says whose trace it is, when, by which recorder, scale, filter, numbers and its own number',
  async () => {
    const text = textOf(await render(recordedTrace()), 3);
    for (const said of [
      ...['张三 女 36岁 R20260301001', '采集时间 2026-03-02 08:05:00+08:00', 'Synthetic', '25 mm/s', '10 mm/mV'],
      ...[
        '0.05–150 Hz',
        '心率 72 次/分 PR 间期 158 ms QRS 时限 92 ms',
        'QT/QTc 388/426 ms',
        '* 计算导联',
        'aVF *',
        'V6',
      ],
      ...['第 1 版 SHA-256 9f86d081884c7d65', '第 3 页 / 共 3 页'],
    ])
      expect(text).toContain(said);
  },
);

testText('a longer recording says that its beginning is shown, a preliminary report that it is one', async () => {
  const trace = { ...recordedTrace(), durationMs: 86_400_000 };
  const text = textOf(await render(trace, ecgReport({ kind: 'preliminary', reviewer: null })), 3);
  expect(text).toContain('记录共 86400.0 秒，本页为前 10.0 秒');
  expect(text).toContain('临时报告');
});

testText('a trace that cannot be read gives a page that says why', async () => {
  const pdf = await render({ kind: 'unreadable', why: 'damaged', where: '(5400,0100)' });
  expect(mediaBoxes(pdf).at(-1)).toBe(lying);
  expect(linesOf(pdf)).toEqual([]);
  const text = textOf(pdf, 3);
  expect(text).toContain('波形未能读取');
  expect(text).toContain('心电图数据有误：(5400,0100)');
  expect(textOf(await render({ kind: 'unreadable', why: 'absent', where: '' }), 3)).toContain('没有这份心电图的数据');
});

testText('a picture gives no page, and a line that says so', async () => {
  const pdf = await render({ kind: 'picture' });
  expect(mediaBoxes(pdf).every((size) => size === upright)).toBe(true);
  expect(textOf(pdf, 2)).toContain('本报告不附波形页');
});

test('texts of any length and kind stay on the page and never stop it', async () => {
  const trace = recordedTrace();
  const long = '\u202e<b>长'.repeat(400);
  const content = ecgReport({ ecg: ecgPart({ acquiredAt: long.slice(0, 40) }) });
  content.patient.name = long;
  content.centre.name = long;
  const named = { ...trace, device: { ...trace.device, manufacturer: long, model: '\n\r\u0000'.repeat(50) } };
  const pdf = await render(named, content);
  expect(mediaBoxes(pdf).at(-1)).toBe(lying);
});
