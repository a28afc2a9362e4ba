import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDicom } from '../../server/ecg/formats/dicom/read-dicom.ts';
import { writeWaveform } from '../../server/ecg/formats/dicom/write-waveform.ts';
import { jpegFile, pdfFile, pngFile } from '../../server/ecg/formats/picture/test-kit/pictures.ts';
import { writePicture } from '../../server/ecg/formats/picture/write-picture.ts';
import { syntheticTrace } from '../../server/ecg/signal/test-kit/synthetic.ts';
import type { Trace } from '../../server/ecg/trace.ts';
import { corpus, corpusFiles } from '../corpus.ts';
import { identity } from '../factories/waveform-identity.ts';
import { missingTools, temporaryFolder } from './dimse-tools.ts';

const hasChecker = spawnSync('dciodvfy', ['-version']).error === undefined;
if (!hasChecker) console.log('skipped: dciodvfy is not installed (dicom3tools)');
const hasDcmtk = missingTools('dcmdump', 'dcmconv').length === 0;
const python = '/usr/bin/python3';
const hasPydicom = spawnSync(python, ['-c', 'import pydicom']).status === 0;
if (!hasPydicom) console.log('skipped: pydicom is not installed (python3-pydicom)');

const none = { endMs: null, value: null, unit: null };
const resting = syntheticTrace({ gain: 1000 / 205, seconds: 5 });
const [rhythm] = resting.recordings;
if (!rhythm) throw new Error('no rhythm');
const traces: Record<string, Trace> = {
  'twelve leads, a later strip and a median beat': {
    ...resting,
    recordings: [
      rhythm,
      { ...rhythm, startMs: 2500, leads: rhythm.leads.slice(1, 2) },
      { ...rhythm, kind: 'median', label: 'MEDIAN BEAT' },
    ],
    statements: ['窦性心律', 'T 波改变'],
    deviceMeasurements: { heartRate: 75, qt: 400, pAxis: 45, oneOfItsOwn: 3.25 },
    annotations: [
      { text: '室性早搏', atMs: 1234, lead: null, ...none },
      { text: 'ST', atMs: 1000.5, lead: 'V2', ...none, endMs: 1100 },
      { text: 'J 点', atMs: null, lead: 'V3', ...none, value: 120.5, unit: 'uV' },
    ],
  },
  'twelve leads without a time': { ...resting, acquiredAt: null },
  'three leads': syntheticTrace({ leads: ['II', 'V4R', 'V7'], seconds: 4 }),
  'a long recording': syntheticTrace({ leads: ['II', 'V5'], seconds: 601, rateHz: 200 }),
};
const wide = { 'samples beyond 16 bits': syntheticTrace({ gain: 0.01, seconds: 2 }) };

function errorsOf(file: string): string[] {
  const { stdout, stderr } = spawnSync('dciodvfy', ['-new', file], { encoding: 'utf8' });
  const lines = `${stdout}\n${stderr}`.split('\n');
  expect(
    lines.some((line) => /^(TwelveLeadECG|GeneralECG|AmbulatoryECG|EncapsulatedPDF|VLPhotographicImage)/.test(line)),
    lines.join('\n'),
  ).toBe(true);
  return lines.filter((line) => line.startsWith('Error'));
}

test.skipIf(!hasChecker).each(Object.entries(traces))('dciodvfy finds nothing wrong with %s', async (_name, trace) => {
  const file = join(await temporaryFolder(), 'ecg.dcm');
  writeFileSync(file, writeWaveform(trace, identity));
  expect(errorsOf(file)).toEqual([]);
});

const pictures: [string, Buffer][] = [
  ['a PDF', pdfFile(2)],
  ['a JPEG', jpegFile()],
  ['a grey JPEG', jpegFile({ components: 1 })],
  ['a PNG', pngFile({ columns: 2, lines: [[0, 1, 2, 3, 4, 5, 6]] })],
];
test.skipIf(!hasChecker).each(pictures)('dciodvfy finds nothing wrong with %s', async (_name, bytes) => {
  const file = join(await temporaryFolder(), 'picture.dcm');
  writeFileSync(file, writePicture(bytes, identity));
  expect(errorsOf(file)).toEqual([]);
});

test.skipIf(!hasDcmtk).each(Object.entries({ ...traces, ...wide }))('dcmdump reads all of %s', async (_name, trace) => {
  const file = join(await temporaryFolder(), 'ecg.dcm');
  writeFileSync(file, writeWaveform(trace, identity));
  const { status, stdout, stderr } = spawnSync('dcmdump', ['+U8', '+L', '-M', file], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  expect([status, stderr]).toEqual([0, '']);
  for (const { code } of trace.recordings[0]?.leads ?? []) expect(stdout).toContain(`SH [${code}]`);
  for (const statement of trace.statements) expect(stdout).toContain(`ST [${statement}`);
});

/** Microvolts by pydicom's own arithmetic where numpy is there, else by that of the standard over what pydicom parsed. */
const reader = `
import json, sys, array, pydicom
d = pydicom.dcmread(sys.argv[1])
try:
    import numpy
except ImportError:
    numpy = None
groups = []
for at, g in enumerate(d.WaveformSequence):
    channels = []
    if numpy:
        table = d.waveform_array(at)
        values = [table[:, c].tolist() for c in range(g.NumberOfWaveformChannels)]
    else:
        raw = array.array('h' if g.WaveformBitsAllocated == 16 else 'i', g.WaveformData)
        n = g.NumberOfWaveformChannels
        values = [[v * float(c.ChannelSensitivity) * float(c.ChannelSensitivityCorrectionFactor) + float(c.ChannelBaseline)
            for v in raw[i::n]] for i, c in enumerate(g.ChannelDefinitionSequence)]
    for c, v in zip(g.ChannelDefinitionSequence, values):
        channels.append(dict(code=c.ChannelSourceSequence[0].CodeValue, label=c.get('ChannelLabel'), microvolts=v))
    groups.append(dict(rate=float(g.SamplingFrequency), channels=channels))
print(json.dumps(dict(name=str(d.PatientName), id=d.PatientID, groups=groups)))
`;

interface ReadByPydicom {
  name: string;
  id: string;
  groups: { rate: number; channels: { code: string; label: string | null; microvolts: number[] }[] }[];
}

function pydicomReads(file: string): ReadByPydicom {
  const { status, stdout, stderr } = spawnSync(python, ['-c', reader, file], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout);
}

function expectSame({ groups }: ReadByPydicom, { recordings }: Trace): void {
  expect(groups.map(({ rate }) => rate)).toEqual(recordings.map(({ samplingFrequency }) => samplingFrequency));
  for (const [at, { leads }] of recordings.entries()) {
    for (const [channel, { code, samples, gain, baseline }] of leads.entries()) {
      const theirs = groups[at]?.channels[channel]?.microvolts ?? [];
      expect(theirs).toHaveLength(samples.length);
      const worst = samples.reduce(
        (most, sample, i) => Math.max(most, Math.abs(sample * gain + baseline - (theirs[i] ?? Number.NaN))),
        0,
      );
      expect(worst, code).toBeLessThan(1e-9 * 32768 * Math.abs(gain));
    }
  }
}

test.skipIf(!hasPydicom).each(Object.entries({ ...traces, ...wide }))(
  'pydicom reads the same microvolts of %s',
  async (_name, trace) => {
    const file = join(await temporaryFolder(), 'ecg.dcm');
    writeFileSync(file, writeWaveform(trace, identity));
    const read = pydicomReads(file);
    expect([read.name, read.id]).toEqual(['Zhang^San=张^三', 'P-100']);
    expect(read.groups[0]?.channels.map(({ label }) => label)).toEqual(rhythmCodes(trace));
    expectSame(read, trace);
  },
);

const rhythmCodes = ({ recordings }: Trace) => recordings[0]?.leads.map(({ code }) => code);

const recorded = () => corpusFiles('ecg').find((path) => path.endsWith('1000hz.dcm')) ?? '';

test.skipIf(!hasDcmtk || !corpus()).each(['+ti', '+tb', '+td', '+te -e', '+te +e'])(
  'what dcmconv %s makes of a recording is the same recording',
  async (options) => {
    const file = join(await temporaryFolder(), 'converted.dcm');
    const { status, stderr } = spawnSync('dcmconv', [...options.split(' '), recorded(), file], { encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expect(readDicom(readFileSync(file))).toEqual(readDicom(readFileSync(recorded())));
  },
);

test.skipIf(!hasPydicom || !corpus())('pydicom reads the same microvolts of a recorder', () => {
  expectSame(pydicomReads(recorded()), readDicom(readFileSync(recorded())));
});
