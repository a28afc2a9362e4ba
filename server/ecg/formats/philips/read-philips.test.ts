import { expect, test } from 'vitest';
import { recordedTrace, refusal, samplesOf } from '../xml/test-kit/recorded-trace.ts';
import { type PhilipsOptions, writePhilips } from '../xml/test-kit/write-philips.ts';
import { limbResiduals } from '../xml/test-kit/write-xli.ts';
import { looksLikePhilips, readPhilips } from './read-philips.ts';

const trace = recordedTrace();
const read = (text: string) => readPhilips(Buffer.from(text));

test.each<PhilipsOptions>([
  { version: '1.03' },
  { version: '1.03', extraChunks: 4 },
  { version: '1.03', encoding: 'Base64' },
  { version: '1.04' },
  { version: '1.04.01', encoding: 'Base64' },
  { version: '1.04.02', extraChunks: 4 },
  { version: '1.04', encoding: 'Plain' },
])('%o comes out as it went in', (options) => {
  const found = read(writePhilips(trace, options));
  expect(samplesOf(found)).toEqual(samplesOf(trace));
  expect(found.warnings).toEqual([]);
});

test('who, when, by which recorder and what it says', () => {
  const report = {
    format: 'philips-xml',
    accessionNumber: 'A-77',
    patient: trace.patient,
    acquiredAt: '2026-03-01T08:00:00',
    device: {
      manufacturer: 'Philips Medical Products',
      model: 'PageWriter TC70',
      serialNumber: 'CART-12',
      software: 'B.01.02',
    },
  };
  const found = read(writePhilips(trace));
  expect(found).toMatchObject({ ...report, statements: ['- ABNORMAL ECG -', 'SINUS RHYTHM: V-rate 50-99'] });
  const numbers = { heartRate: 75, pr: 160, qrs: 92, qt: 380, qtc: 425, pAxis: 51 };
  expect(found.deviceMeasurements).toEqual({ ...numbers, rr: 800, pDuration: 104, tAxis: 40 });
  const old = read(writePhilips(trace, { version: '1.03' }));
  expect(old).toMatchObject({ ...report, statements: [] });
  expect(old.deviceMeasurements).toEqual(numbers);
});

test('filters of the stored waveform go before those of the acquisition', () => {
  const filterOf = (text: string) => read(text).recordings[0]?.leads[0]?.filter;
  expect(filterOf(writePhilips(trace))).toEqual({ highPassHz: 0.05, lowPassHz: 150, notchHz: 50 });
  expect(filterOf(writePhilips(trace, { version: '1.03' }))).toEqual({
    highPassHz: 0.05,
    lowPassHz: 150,
    notchHz: null,
  });
});

test('limb leads that are stored as differences without compression are restored: the samples prove it', () => {
  const [rhythm, median] = trace.recordings;
  if (!rhythm || !median) throw new Error('two recordings');
  const differences = limbResiduals(rhythm.leads.map((lead) => lead.samples));
  const leads = rhythm.leads.map((lead, i) => ({ ...lead, samples: differences[i] ?? lead.samples }));
  const text = writePhilips({ ...trace, recordings: [{ ...rhythm, leads }, median] }, { encoding: 'Base64' });
  expect(samplesOf(read(text))).toEqual(samplesOf(trace));
});

test('leads in another order are not restored from sums', () => {
  const [rhythm, median] = trace.recordings;
  if (!rhythm || !median) throw new Error('two recordings');
  const leads = [...rhythm.leads.slice(6), ...rhythm.leads.slice(0, 6)];
  const other = { ...trace, recordings: [{ ...rhythm, leads }, median] };
  expect(samplesOf(read(writePhilips(other, { encoding: 'Base64' })))).toEqual(samplesOf(other));
});

test('beats without a resolution are left out with a warning, those without a rate have that of their duration', () => {
  const found = read(writePhilips(trace).replace(' resolution="2.5"', ''));
  expect(found.recordings.map(({ kind }) => kind)).toEqual(['rhythm']);
  expect(found.warnings).toEqual([{ code: 'section-skipped', where: 'repbeats@resolution' }]);
  expect(read(writePhilips(trace).replace(' samplespersec="1000"', '')).recordings[1]?.samplingFrequency).toBe(1000);
});

test('a resolution in nanovolts and an offset are counted in', () => {
  const text = writePhilips(trace, { version: '1.03' });
  const found = read(
    text
      .replace('<signalresolution>5<', '<signalresolution unit="nV">5000<')
      .replace('<signaloffset>0', '<signaloffset>10'),
  );
  expect(found.recordings[0]?.leads[0]).toMatchObject({ gain: 5, baseline: -50 });
});

test.each([
  ['1.04</', '1.05</', 'documentinfo/documentversion', '1.05'],
  ['PhilipsECG<', 'SomeECG<', 'documentinfo/documenttype', 'SomeECG'],
  ['compression="XLI"', 'compression="ZIP"', 'parsedwaveforms@compression', 'ZIP in Base64'],
  ['compression="XLI"', '', 'parsedwaveforms', /samples/],
  ['dataencoding="Base64"', 'dataencoding="Hex"', 'parsedwaveforms@compression', 'XLI in Hex'],
  ['durationperchannel="10000"', 'durationperchannel="11000"', /chunk 1 at byte 0$/, '5000'],
  [
    'durationperchannel="10000"',
    'durationperchannel="100000000"',
    'parsedwaveforms@durationperchannel',
    '100000000 ms',
  ],
  ['numberofleads="12"', 'numberofleads="13"', 'parsedwaveforms@leadlabels', /^I II/],
  ['leadlabels="I II', 'leadlabels="II I', 'parsedwaveforms@leadlabels', /^II I III/],
  ['bitspersample="16"', 'bitspersample="12"', 'parsedwaveforms@bitspersample', '12'],
  ['resolution="5"', 'resolution="-5"', 'signalcharacteristics/resolution', '-5'],
  ['<samplingrate>500', '<samplingrate>many', 'signalcharacteristics/samplingrate', 'many'],
])('%s as %s is refused', (from, to, where, found) => {
  const like = (said: string | RegExp) => (typeof said === 'string' ? said : expect.stringMatching(said));
  expect(refusal(readPhilips, writePhilips(trace).replace(from, to))).toMatchObject({
    where: like(where),
    found: like(found),
  });
});

test('only a document whose root says so is taken for one of Philips', () => {
  expect(looksLikePhilips(Buffer.from(writePhilips(trace)))).toBe(true);
  expect(looksLikePhilips(Buffer.from('<RestingECG/>'))).toBe(false);
});
