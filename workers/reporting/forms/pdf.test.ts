import { spawnSync } from 'node:child_process';
import { reportLayout } from '@lianzhen/contracts/report-layout.ts';
import { expect, test } from 'vitest';
import { reportContent, sampleHash } from '../../../tests/factories/report-content.ts';
import { renderPdf } from './pdf.ts';

const hasPdftotext = spawnSync('pdftotext', ['-v']).status === 0;
if (!hasPdftotext) console.log('skipped: no pdftotext (poppler-utils), the text of the PDF is not read back');
const testText = test.skipIf(!hasPdftotext);

const options = { contentHash: sampleHash };
const compact = (text: string) => text.replace(/\s/g, '');
/** The text of the file as another program reads it, without the lines of the margins. */
function textOf(pdf: Buffer): string {
  const { stdout, status } = spawnSync('pdftotext', ['-raw', '-', '-'], { input: pdf, maxBuffer: 1 << 26 });
  expect(status).toBe(0);
  const margin = /^影像诊断报告.* 张三 R20260301001$|^第 \d+ 版 SHA-256 [0-9a-f]{16} 第 \d+ 页 \/ 共 \d+ 页$/;
  const lines = stdout.toString('utf8').replaceAll('\f', '\n').split('\n');
  return compact(lines.filter((line) => !margin.test(line)).join(''));
}

test('the same version gives the same bytes', async () => {
  const [first, second] = [await renderPdf(reportContent(), options), await renderPdf(reportContent(), options)];
  expect(first.equals(second)).toBe(true);
  expect(first.subarray(0, 8).toString('latin1')).toBe('%PDF-1.7');
});

testText('the file says everything that the screen says', async () => {
  const content = reportContent({
    kind: 'corrected',
    versionNumber: 2,
    replacesVersion: 1,
    amendmentReason: '侧别更正',
    critical: true,
    criticalText: '张力性气胸',
  });
  const text = textOf(await renderPdf(content, options));
  const layout = reportLayout(content, 'zh', options);
  const said = [layout.facility, layout.title, layout.mark, ...layout.notices];
  for (const section of layout.sections) {
    said.push(section.title);
    if (section.kind === 'text') said.push(section.text);
    else said.push(...section.facts.map(({ label, value }) => `${label}：${value}`));
  }
  for (const part of said) expect(text).toContain(compact(part));
});

testText('a text of 20,000 characters is whole, over its pages', async () => {
  // Nearly every Chinese character once, so that one that is lost or doubled shows. One has no shape of its own in the
  // font: 壿 is drawn as 墫, and a reader of the file finds that.
  const characters = Array.from({ length: 20_001 }, (_, at) => String.fromCodePoint(0x4e00 + at));
  const findings = characters.filter((character) => character !== '壿').join('');
  const pdf = await renderPdf(reportContent({ findings }), options);
  expect(findings).toHaveLength(20_000);
  expect(textOf(pdf).includes(findings)).toBe(true);
  expect(pdf.length).toBeLessThan(12_000_000);
});

testText('what the font cannot show and what has no shape is written out', async () => {
  const findings = '𠮷\u202eabc\u0000\u0007<b>&';
  const text = textOf(await renderPdf(reportContent({ findings, advice: '👍' }), options));
  expect(text).toContain('[U+20BB7][U+202E]abc[U+0000][U+0007]<b>&');
  expect(text).toContain('[U+1F44D]');
});

testText('a preliminary report is marked and its pages are numbered', async () => {
  const long = reportContent({ kind: 'preliminary', reviewer: null, findings: '肺纹理增多。\n'.repeat(60) });
  const { stdout } = spawnSync('pdftotext', ['-raw', '-', '-'], { input: await renderPdf(long, options) });
  const text = compact(stdout.toString('utf8'));
  expect(text).toContain('临时报告');
  expect(text).toContain('本报告未经审核，正式报告随后签发');
  expect(text).toContain('第1页/共3页');
  expect(text).toContain('第3页/共3页');
});

test('a value without a break and a very long name do not stop the rendering', async () => {
  const content = reportContent({ impression: 'x'.repeat(8000), amendmentReason: '因'.repeat(1000) });
  content.patient.name = '名'.repeat(300);
  content.order.requestingFacility.name = '院'.repeat(300);
  expect((await renderPdf(content, { ...options, language: 'en' })).length).toBeGreaterThan(10_000);
});
