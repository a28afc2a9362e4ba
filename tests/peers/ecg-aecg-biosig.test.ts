import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAecg } from '@lianzhen/ecg/formats/aecg/read-aecg.ts';
import { recordedTrace } from '@lianzhen/ecg/formats/xml/test-kit/recorded-trace.ts';
import { type AecgOptions, writeAecg } from '@lianzhen/ecg/formats/xml/test-kit/write-aecg.ts';
import type { Lead, Trace } from '@lianzhen/ecg/trace.ts';
import { afterAll, describe, expect, test } from 'vitest';
import { corpusFiles } from '../corpus.ts';

const isInstalled = spawnSync('save2gdf', ['-v']).error === undefined;
if (!isInstalled) console.log('skipped: biosig is not installed (biosig-tools)');

const folder = mkdtempSync(join(tmpdir(), 'lianzhen-biosig-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lets biosig convert a document; the path of what it wrote. */
function convert(format: 'ASCII' | 'HL7aECG', text: string, name: string): string {
  const from = join(folder, `${name}-in.xml`);
  const to = join(folder, format === 'ASCII' ? `${name}.asc` : `${name}.xml`);
  writeFileSync(from, text);
  spawnSync('save2gdf', [`-f=${format}`, from, to], { encoding: 'utf8' });
  return to;
}

/** Microvolts by lead, as biosig reads them: one file with a number a line for each channel, their names in the header. */
function readByBiosig(text: string, name: string): Map<string, number[]> {
  const header = convert('ASCII', text, name);
  const labels = [...readFileSync(header, 'latin1').matchAll(/^Label\s*=\s*(\S+)/gm)].map((one) => one[1] ?? '');
  const values = labels.map((label, i): [string, number[]] => {
    const channel = readFileSync(join(folder, `${name}.a${String(i + 1).padStart(2, '0')}`), 'latin1');
    return [label.replace(/^MDC_ECG_LEAD_/, '').toUpperCase(), channel.trim().split(/\s+/).map(Number)];
  });
  return new Map(values);
}

const microvolts = ({ samples, gain, baseline }: Lead) => Array.from(samples, (sample) => sample * gain + baseline);

/** Both readers agree on every sample of the rhythm, to within what biosig prints. */
function expectAgreement(ours: Trace, theirs: Map<string, number[]>): void {
  const leads = ours.recordings[0]?.leads ?? [];
  expect([...theirs.keys()]).toEqual(leads.map(({ code }) => code.toUpperCase()));
  for (const lead of leads) {
    const uv = theirs.get(lead.code.toUpperCase()) ?? [];
    expect(uv.length, lead.code).toBe(lead.samples.length);
    const off = microvolts(lead).map((value, i) => Math.abs(value - (uv[i] ?? Number.NaN)));
    // A loop inside reduce: ten seconds are more numbers than some engines take as arguments.
    expect(
      off.reduce((most, one) => Math.max(most, one), 0),
      lead.code,
    ).toBeLessThan(1e-3 + lead.gain / 1000);
  }
}

describe.skipIf(!isInstalled)('biosig reads the same aECG to the same microvolts', () => {
  test.each<[string, AecgOptions & { gain?: number }]>([
    ['whole microvolts', { gain: 5 }],
    ['parts of microvolts', { gain: 2.44 }],
    ['increments in milliseconds', { step: 'ms' }],
  ])('%s', (name, { gain, ...options }) => {
    const text = writeAecg(recordedTrace(gain ? { gain } : {}), options);
    expectAgreement(readAecg(Buffer.from(text)), readByBiosig(text, name.replaceAll(' ', '-')));
  });

  const [sample] = corpusFiles('ecg', 'annotated-ecg.xml');
  test.skipIf(sample === undefined)('the sample document of the implementation guide', () => {
    // Biosig knows XML by its declaration, which this document does without.
    const text = `<?xml version="1.0" encoding="UTF-8"?>\n${readFileSync(sample ?? '', 'utf8')}`;
    expectAgreement(readAecg(Buffer.from(text)), readByBiosig(text, 'sample'));
  });
});

test.skipIf(!isInstalled)('what biosig writes as aECG is read as what it was made from', () => {
  const trace = recordedTrace({ gain: 2.5 });
  const written = readAecg(readFileSync(convert('HL7aECG', writeAecg(trace), 'written')));
  const codeAndUnits = (one: Trace) =>
    one.recordings[0]?.leads.map((lead) => ({ code: lead.code, uv: microvolts(lead) }));
  expect(codeAndUnits(written)).toEqual(codeAndUnits(trace));
  expect(written.recordings[0]?.samplingFrequency).toBe(500);
  expect(written.patient.id).toBe('P-1');
});
