import { expect, test } from 'vitest';
import { recordedTrace, refusal, samplesOf } from '../xml/test-kit/recorded-trace.ts';
import { writeMuse } from '../xml/test-kit/write-muse.ts';
import { looksLikeMuse, readMuse } from './read-muse.ts';

const trace = recordedTrace({ gain: 4.88 });
const text = writeMuse(trace);
const read = (xml: string) => readMuse(Buffer.from(xml));
const eight = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'];

test('eight leads come out as they went in, the rhythm first', () => {
  const found = read(text);
  expect(samplesOf(found)).toEqual(samplesOf(trace, eight));
  expect(found.recordings[0]?.leads[0]?.filter).toEqual({ highPassHz: 0.05, lowPassHz: 150, notchHz: 50 });
  expect(found.warnings).toEqual([]);
});

test('who, when, by which recorder and what it says', () => {
  expect(read(text)).toMatchObject({
    format: 'muse-xml',
    patient: trace.patient,
    acquiredAt: '2026-03-01T08:00:00',
    device: { manufacturer: null, model: 'MAC55', serialNumber: '56', software: '010B' },
    statements: ['Sinus rhythm with occasional ectopy', 'Abnormal <ECG>'],
    deviceMeasurements: {
      heartRate: 75,
      rr: 800,
      pDuration: 100,
      pr: 160,
      qrs: 90,
      qt: 380,
      qtc: 425,
      pAxis: 51,
      qrsAxis: -20,
      tAxis: 40,
    },
  });
});

test('a wrong CRC and an electrode that was off are warnings', () => {
  const wrong = text.replace(/<LeadDataCRC32>\d+/g, '<LeadDataCRC32>0').replace('<LeadOff>FALSE', '<LeadOff>TRUE');
  const { warnings } = read(wrong);
  expect(warnings.filter(({ code }) => code === 'crc-wrong')).toHaveLength(16);
  expect(warnings).toContainEqual({ code: 'lead-missing', where: 'Waveform[1] Median I', detail: 'LeadOff' });
});

test('a lead that begins later is a recording of its own at its place', () => {
  const rhythm = text.indexOf('<WaveformType>Rhythm');
  const late = text.slice(rhythm).replace('<LeadOffsetFirstSample>0', '<LeadOffsetFirstSample>1250');
  const found = read(text.slice(0, rhythm) + late);
  expect(found.recordings.map(({ kind, startMs, leads }) => [kind, startMs, leads.length])).toEqual([
    ['rhythm', 0, 7],
    ['rhythm', 2500, 1],
    ['median', 0, 8],
  ]);
  expect(found.warnings.map(({ code }) => code)).toEqual(['leads-unequal']);
});

test('exponents and millivolts are counted in', () => {
  const found = read(
    text
      .replaceAll('<SampleBase>500', '<SampleBase>5')
      .replaceAll('<SampleExponent>0', '<SampleExponent>2')
      .replaceAll('MICROVOLTS', 'MILLIVOLTS')
      .replaceAll('<HighPassFilter>5<', '<HighPassFilter>0.5<'),
  );
  expect(found.recordings[0]).toMatchObject({ samplingFrequency: 500 });
  expect(found.recordings[0]?.leads[0]).toMatchObject({ gain: 4880, filter: { highPassHz: 0.5 } });
});

test.each([
  ['<LeadSampleCountTotal>1200', '<LeadSampleCountTotal>1199', /LeadSampleCountTotal$/, '1199'],
  ['<LeadByteCountTotal>2400', '<LeadByteCountTotal>9', /LeadByteCountTotal$/, '9'],
  ['<LeadSampleSize>2', '<LeadSampleSize>4', /LeadSampleSize$/, '4'],
  ['MICROVOLTS', 'BEATS', /LeadAmplitudeUnits$/, 'BEATS'],
  ['UnitsPerBit>2.44', 'UnitsPerBit>-10', /UnitsPerBit$/, '-10'],
  ['<WaveFormData>\n', '<WaveFormData>!', /WaveFormData$/, /^!/],
  ['<WaveFormData>\n', '<WaveFormData>AA==\n', /WaveFormData$/, /^=\s/],
  ['<LeadID>II<', '<LeadID>I<', /Median$/, 'I'],
  ['<LeadID>I<', '<LeadID><', /Median$/, ''],
  ['<SampleBase>1000', '<SampleBase>0', /SampleBase$/, '0'],
])('%s as %s is refused', (from, to, where, found) => {
  const said = typeof found === 'string' ? found : expect.stringMatching(found);
  expect(refusal(readMuse, text.replace(from, to))).toMatchObject({
    format: 'muse-xml',
    where: expect.stringMatching(where),
    found: said,
  });
});

test('dates that are none are warnings', () => {
  const found = read(text.replace('>03-01-2026', '>2026-03-01').replace('>02-29-1960', '>02-29-1961'));
  expect([found.acquiredAt, found.patient.birthDate]).toEqual([null, null]);
  expect(found.warnings.map(({ code }) => code)).toEqual(['time-unreadable', 'time-unreadable']);
});

test('only a document whose root says so is taken for one of MUSE', () => {
  expect(looksLikeMuse(Buffer.from(text))).toBe(true);
  expect(looksLikeMuse(Buffer.from('<AnnotatedECG/>'))).toBe(false);
  expect(refusal(readMuse, '<RestingECG></RestingECG>')).toMatchObject({ where: 'RestingECG' });
});
