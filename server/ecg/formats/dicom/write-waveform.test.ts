import { describe, expect, test } from 'vitest';
import { syntheticTrace } from '../../signal/test-kit/synthetic.ts';
import type { Trace } from '../../trace.ts';
import { ecgClass } from './ecg-classes.ts';
import { exactFactors } from './exact-decimal.ts';
import type { ObjectIdentity } from './object-identity.ts';
import { readDicom } from './read-dicom.ts';
import { readDataset } from './waveform-dataset.ts';
import { writeWaveform } from './write-waveform.ts';

const identity: ObjectIdentity = {
  sopInstanceUid: '2.25.1',
  studyInstanceUid: '2.25.2',
  seriesInstanceUid: '2.25.3',
  accessionNumber: 'A100',
  patient: { id: 'P-9', issuer: 'V01', name: 'Zhang^San=张^三', sex: 'F', birthDate: '1960-01-31' },
  now: new Date('2026-03-02T00:00:00Z'),
};
const classOf = (file: Buffer) => readDataset(file).json['00080016']?.Value?.[0];
const [rhythm] = syntheticTrace().recordings;
if (!rhythm) throw new Error('no rhythm');

const traces: [string, string, Trace][] = [
  ['twelve leads', ecgClass.twelveLead, syntheticTrace({ gain: 1000 / 205, seconds: 3 })],
  ['three leads', ecgClass.general, syntheticTrace({ leads: ['V4R', 'II', 'V7'], seconds: 3 })],
  ['a long recording', ecgClass.ambulatory, syntheticTrace({ leads: ['II', 'V5'], seconds: 601, rateHz: 250 })],
  ['a slow one', ecgClass.ambulatory, syntheticTrace({ leads: ['II'], seconds: 5, rateHz: 128 })],
  ['more than 16 bits', ecgClass.general32, syntheticTrace({ gain: 0.01, seconds: 2 })],
  ['2000 Hz', ecgClass.general32, syntheticTrace({ rateHz: 2000, seconds: 2 })],
  [
    'a median beat and a later strip',
    ecgClass.twelveLead,
    {
      ...syntheticTrace(),
      recordings: [
        { ...rhythm, label: 'RHYTHM' },
        { ...rhythm, startMs: 2502, leads: rhythm.leads.slice(0, 2) },
        { ...rhythm, kind: 'derived', label: 'average of nothing' },
        { ...rhythm, kind: 'median', label: null },
      ],
    },
  ],
];

describe('what is written is read again', () => {
  test.each(traces)('%s', (_name, sopClass, trace) => {
    const file = writeWaveform(trace, identity);
    const back = readDicom(file);
    expect(classOf(file)).toBe(sopClass);
    expect(back.warnings).toEqual([]);
    expect(back.recordings.map(({ kind, startMs, samplingFrequency }) => [kind, startMs, samplingFrequency])).toEqual(
      trace.recordings.map(({ kind, startMs, samplingFrequency }) => [kind, startMs, samplingFrequency]),
    );
    for (const [at, { leads }] of trace.recordings.entries()) expect(back.recordings[at]?.leads).toEqual(leads);
  });

  test('statements, numbers, places, device and time', () => {
    const place = { text: '室性早搏', atMs: 1234, endMs: null, lead: null, value: null, unit: null };
    const trace: Trace = {
      ...syntheticTrace({ seconds: 3 }),
      acquiredAt: '2026-03-01T08:00:00.250+08:00',
      statements: ['窦性心律', 'T 波改变\\可疑\n请结合临床'],
      deviceMeasurements: { heartRate: 75, qtc: 411.5, pAxis: 0, somethingElse: 3 },
      annotations: [
        place,
        { ...place, lead: 'V2', endMs: 1300 },
        { ...place, atMs: 0.25, text: 'between samples' },
        { ...place, atMs: null, lead: 'V3', text: 'ST', value: 120.5, unit: 'uV' },
      ],
    };
    const { statements, deviceMeasurements, annotations, acquiredAt, device } = readDicom(
      writeWaveform(trace, identity),
    );
    expect({ statements, deviceMeasurements, annotations, acquiredAt, device }).toEqual({
      statements: trace.statements,
      deviceMeasurements: trace.deviceMeasurements,
      annotations: trace.annotations,
      acquiredAt: trace.acquiredAt,
      device: trace.device,
    });
  });
});

test('patient and study are those of the identity, whatever the recorder says', () => {
  const { patient, accessionNumber } = readDicom(writeWaveform(syntheticTrace({ seconds: 2 }), identity));
  expect(patient).toEqual({ id: 'P-9', name: '张^三', sex: 'F', birthDate: '19600131' });
  expect(accessionNumber).toBe('A100');
});

test('a trace without a time stays without one, though DICOM wants a value', () => {
  const file = writeWaveform({ ...syntheticTrace({ seconds: 2 }), acquiredAt: null }, identity);
  expect(readDataset(file).json['0008002A']?.Value).toEqual(['20260302080000']);
  expect(readDicom(file)).toMatchObject({ acquiredAt: null, warnings: [] });
});

test('the same trace gives the same bytes', () => {
  const trace = syntheticTrace({ seconds: 2 });
  expect(writeWaveform(trace, identity).equals(writeWaveform(trace, identity))).toBe(true);
});

test('what cannot be stored truly is refused', () => {
  const refused = (recordings: Trace['recordings']) => () =>
    writeWaveform({ ...syntheticTrace({ seconds: 2 }), recordings }, identity);
  expect(refused([])).toThrow('ecg-invalid');
  const [first, ...others] = rhythm.leads;
  if (!first) throw new Error('no lead');
  expect(refused([{ ...rhythm, leads: [{ ...first, samples: first.samples.slice(1) }, ...others] }])).toThrow(
    'ecg-invalid',
  );
});

test('every gain is the product of two short decimals, exactly', () => {
  for (let divisor = 1; divisor < 300; divisor += 1) {
    for (const gain of [1000 / divisor, Math.PI / divisor]) {
      const { sensitivity, correction } = exactFactors(gain);
      expect(sensitivity * correction).toBe(gain);
      expect(Math.max(String(sensitivity).length, String(correction).length)).toBeLessThanOrEqual(16);
    }
  }
});

test.each(['P\\1', 'P'.repeat(65), 'P\n1'])('an identifier that would become another is refused: %j', (id) => {
  const whose = { ...identity, patient: { ...identity.patient, id } };
  expect(() => writeWaveform(syntheticTrace({ seconds: 2 }), whose)).toThrow('ecg-invalid');
});
