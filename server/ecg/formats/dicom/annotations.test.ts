import { expect, test } from 'vitest';
import { attribute, codeItem, items } from './dicom-values.ts';
import { readDicom } from './read-dicom.ts';
import { waveformFile } from './test-kit/waveform-file.ts';
import { wave } from './waveform-tags.ts';

const samples = Array.from({ length: 3000 }, (_, at) => at);
const channels = [1, 3].map((number) => ({ source: [`2:${number}`, 'MDC', 'Lead'] as const, samples }));
const note = (channel: [number, number], more: Record<string, unknown>) => ({
  [wave.ReferencedWaveformChannels]: attribute('US', ...channel),
  ...more,
});
const words = (text: string) => ({ [wave.UnformattedTextValue]: attribute('ST', text) });
const at = (type: string, ...positions: number[]) => ({
  [wave.TemporalRangeType]: attribute('CS', type),
  [wave.ReferencedSamplePositions]: attribute('UL', ...positions),
});
const coded = (value: string, scheme: string, meaning: string) => ({
  [wave.ConceptNameCodeSequence]: items(codeItem(value, scheme, meaning)),
});
const amount = (value: number, unit: string) => ({
  [wave.NumericValue]: attribute('DS', value),
  [wave.MeasurementUnitsCodeSequence]: items(codeItem(unit, 'UCUM', unit)),
});
const read = (...notes: Parameters<typeof items>) => {
  const median = { [wave.MultiplexGroupLabel]: attribute('SH', 'MEDIAN BEAT') };
  const attributes = { [wave.WaveformAnnotationSequence]: items(...notes) };
  return readDicom(waveformFile({ attributes, groups: [{ channels }, { channels, attributes: median }] }));
};

test('words about the whole are statements, words at a place are at its milliseconds', () => {
  const trace = read(
    note([1, 0], words('窦性心律')),
    note([1, 2], { ...words('ST'), ...at('SEGMENT', 1, 51) }),
    note([1, 0], { ...coded('2:100', 'MDC', 'P onset'), ...at('MULTIPOINT', 11, 26) }),
  );
  expect(trace.statements).toEqual(['窦性心律']);
  const empty = { value: null, unit: null };
  expect(trace.annotations).toEqual([
    { text: 'ST', atMs: 0, endMs: 100, lead: 'V1', ...empty },
    { text: 'P onset', atMs: 20, endMs: null, lead: null, ...empty },
    { text: 'P onset', atMs: 50, endMs: null, lead: null, ...empty },
  ]);
});

test('numbers about the whole go by our names and units, others stay what they are', () => {
  const trace = read(
    note([1, 0], { ...coded('5.13.5-11', 'SCPECG', 'QT Interval'), ...amount(0.368, 's') }),
    note([1, 0], { ...coded('2:16016', 'MDC', 'Heart rate'), ...amount(61, '/min') }),
    note([1, 0], { ...coded('1', '99X', 'PR Interval'), ...amount(0, 'ms') }),
    note([1, 0], { ...coded('2:16128', 'MDC', 'P axis'), ...amount(290, 'deg') }),
    note([1, 0], { ...coded('2', '99X', 'Sokolow'), ...amount(2.5, 'mV') }),
  );
  expect(trace.deviceMeasurements).toEqual({ qt: 368, heartRate: 61, pAxis: -70 });
  expect(trace.annotations).toEqual([{ text: 'Sokolow', atMs: null, endMs: null, lead: null, value: 2.5, unit: 'mV' }]);
});

test('a place in the median beat is no place in the rhythm', () => {
  const trace = read(note([2, 0], { ...words('QRS onset'), ...at('POINT', 101) }));
  expect(trace.annotations).toEqual([
    { text: 'QRS onset (MEDIAN BEAT)', atMs: null, endMs: null, lead: null, value: 200, unit: 'ms' },
  ]);
});
