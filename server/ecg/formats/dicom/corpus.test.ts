import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { corpus, corpusFiles } from '../../../../tests/corpus.ts';
import { completeTrace } from '../../complete-leads.ts';
import { describeTrace } from '../../describe-trace.ts';
import { twelveLeads } from '../../leads.ts';
import { readDicom } from './read-dicom.ts';
import { writeWaveform } from './write-waveform.ts';

const identity = {
  sopInstanceUid: '2.25.1',
  studyInstanceUid: '2.25.2',
  seriesInstanceUid: '2.25.3',
  accessionNumber: null,
  patient: { id: 'P1', issuer: null, name: '张三', sex: 'F', birthDate: null },
  now: new Date('2026-03-02T00:00:00Z'),
};

describe.skipIf(!corpus())('a resting electrocardiogram of a recorder', () => {
  const read = () => readDicom(readFileSync(corpusFiles('ecg').find((file) => file.endsWith('1000hz.dcm')) ?? ''));

  test('has its rhythm, its median beat and what the recorder said', () => {
    const trace = read();
    expect(trace).toMatchObject({
      acquiredAt: '2013-01-25T10:59:19',
      accessionNumber: '03028041970546',
      patient: { id: '642341', sex: 'F', birthDate: '19710123' },
      device: { manufacturer: 'Mortara Instrument, Inc.', model: 'el250', serialNumber: null, software: '0.0.0' },
      statements: ['RITMO SINUSALE', 'ECG NORMALE'],
      deviceMeasurements: { rr: 982, pr: 161, qrs: 75, qt: 368, qtc: 370, pAxis: 74, qrsAxis: 52, tAxis: 57 },
      warnings: [],
    });
    expect(trace.recordings.map(({ kind, label, samplingFrequency }) => [kind, label, samplingFrequency])).toEqual([
      ['rhythm', 'RHYTHM', 1000],
      ['median', 'MEDIAN BEAT', 1000],
    ]);
    expect(trace.recordings.map(({ leads }) => leads.map(({ code }) => code))).toEqual([twelveLeads, twelveLeads]);
    expect(trace.recordings.map(({ leads }) => leads[0]?.samples.length)).toEqual([10_000, 1200]);
    expect(trace.recordings[0]?.leads[0]).toMatchObject({
      gain: 1.25,
      baseline: 0,
      filter: { highPassHz: 0.05, lowPassHz: 300, notchHz: null },
    });
    expect(trace.annotations.filter(({ text }) => text === 'QRS Onset').slice(0, 3)).toMatchObject([
      { atMs: 459 },
      { atMs: 485 },
      { atMs: 1484 },
    ]);
  });

  test('has the golden samples', () => {
    const hash = createHash('sha256');
    for (const { leads } of read().recordings)
      for (const { samples } of leads) hash.update(Buffer.from(samples.buffer));
    expect(hash.digest('hex')).toBe('1451886a3380fb57482d608dd9504d285bc9f8812e51c51fa1c9e9a2da354b8d');
  });

  test('is plausible, its limb leads follow from I and II', () => {
    const { warnings, recordings } = completeTrace(describeTrace(read()));
    expect(warnings).toEqual([]);
    expect(recordings[0]?.leads.filter(({ derived }) => derived).map(({ code }) => code)).toEqual([
      'III',
      'aVR',
      'aVL',
      'aVF',
    ]);
  });

  test('comes back from an object of ours as it was', () => {
    const trace = read();
    const { recordings, annotations, statements, deviceMeasurements } = readDicom(writeWaveform(trace, identity));
    expect(recordings).toEqual(trace.recordings);
    expect({ annotations, statements, deviceMeasurements }).toEqual({
      annotations: trace.annotations,
      statements: trace.statements,
      deviceMeasurements: trace.deviceMeasurements,
    });
  });
});
