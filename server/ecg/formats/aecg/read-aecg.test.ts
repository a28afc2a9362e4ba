import { expect, test } from 'vitest';
import { describeTrace } from '../../describe-trace.ts';
import { recordedTrace, refusal, samplesOf } from '../xml/test-kit/recorded-trace.ts';
import { writeAecg } from '../xml/test-kit/write-aecg.ts';
import { looksLikeAecg, readAecg } from './read-aecg.ts';

const trace = recordedTrace();
const read = (text: string) => readAecg(Buffer.from(text));

test('rhythm and median come out as they went in', () => {
  const found = read(writeAecg(trace));
  expect(samplesOf(found)).toEqual(samplesOf(trace));
  expect(found.recordings.map(({ startMs }) => startMs)).toEqual([0, 0]);
  expect(found.recordings[0]?.leads[0]?.filter).toEqual({ highPassHz: 0.05, lowPassHz: 150, notchHz: 50 });
  expect(found.warnings).toEqual([]);
});

test('who, when and by which recorder', () => {
  const { patient, acquiredAt, device, format } = read(writeAecg(trace));
  expect({ patient, acquiredAt, device, format }).toEqual({
    patient: trace.patient,
    acquiredAt: '2026-03-01T08:00:00',
    device: trace.device,
    format: 'hl7-aecg',
  });
  expect(read(writeAecg({ ...trace, acquiredAt: '2026-03-01T08:00:00.250+08:00' })).acquiredAt).toBe(
    '2026-03-01T08:00:00.250+08:00',
  );
});

test.each([
  ['mV', 'ms'],
  ['nV', 'us'],
  ['uV', 's'],
] as const)('scales in %s and increments in %s are the same trace', (unit, step) => {
  const found = read(writeAecg(trace, { unit, step }));
  for (const [i, { leads, samplingFrequency }] of samplesOf(found).entries()) {
    expect(samplingFrequency).toBe(trace.recordings[i]?.samplingFrequency);
    for (const lead of leads) expect(lead.gain).toBeCloseTo(i === 0 ? 5 : 2.5, 9);
  }
});

test('prefixes of namespaces change nothing', () => {
  const text = writeAecg(trace)
    .replace(/<(\/?)(?=[a-zA-Z])/g, '<$1v3:')
    .replaceAll(/xsi:type="([SG]LIST)/g, 'xsi:type="v3:$1');
  expect(looksLikeAecg(Buffer.from(text))).toBe(true);
  expect(samplesOf(read(text))).toEqual(samplesOf(trace));
});

test('an origin is the baseline in microvolts', () => {
  const text = writeAecg(trace).replace('<origin value="0" unit="uV"/>', '<origin value="0.25" unit="mV"/>');
  expect(read(text).recordings[0]?.leads[0]?.baseline).toBe(250);
});

const boundary = (low: number, high: number, lead = '') =>
  `<support><supportingROI><code code="ROIPS"/>${lead && `<component><boundary><code code="MDC_ECG_LEAD_${lead}"/></boundary></component>`}
<component><boundary><code code="TIME_RELATIVE"/><value xsi:type="IVL_PQ"><low value="${low}" unit="ms"/><high value="${high}" unit="ms"/></value></boundary></component></supportingROI></support>`;
const wave = (name: string, inner: string) =>
  `<component><annotation><code code="MDC_ECG_WAVC"/><value xsi:type="CE" code="MDC_ECG_WAVC_${name}"/>${inner}</annotation></component>`;
const number = (code: string, value: number | string, unit: string, inner = '') =>
  `<component><annotation><code code="${code}"/><value xsi:type="PQ" value="${value}" unit="${unit}"/>${inner}</annotation></component>`;

test('waves lie in the trace, a beat where its waves lie', () => {
  const beat = `<component><annotation><code code="MDC_ECG_BEAT"/><value xsi:type="CE" code="MDC_ECG_BEAT_NORMAL"/>
${wave('PWAVE', boundary(120, 224))}${wave('QRSWAVE', boundary(270, 360, 'V2'))}</annotation></component>`;
  const none = { value: null, unit: null };
  expect(read(writeAecg(trace, { annotations: beat })).annotations).toEqual([
    { text: 'MDC_ECG_BEAT_NORMAL', atMs: 120, endMs: 360, lead: null, ...none },
    { text: 'MDC_ECG_WAVC_PWAVE', atMs: 120, endMs: 224, lead: null, ...none },
    { text: 'MDC_ECG_WAVC_QRSWAVE', atMs: 270, endMs: 360, lead: 'V2', ...none },
  ]);
});

test("the recorder's numbers by our names, in our units; a number of one beat is none of them", () => {
  const annotations = [
    number('MDC_ECG_HEART_RATE', 75, 'bpm'),
    number('MDC_ECG_TIME_PD_PR', 0.16, 's'),
    number('MDC_ECG_TIME_PD_QTc', 425, 'ms'),
    number('MDC_ECG_ANGLE_QRS_FRONT', -61, 'deg'),
    number('MDC_ECG_TIME_PD_QRS', 'wide', 'ms'),
    number('MDC_ECG_TIME_PD_QT', 400, 'ms', boundary(270, 670)),
  ].join('');
  const found = read(writeAecg(trace, { annotations }));
  expect(found.deviceMeasurements).toEqual({ heartRate: 75, pr: 160, qtc: 425, qrsAxis: -61 });
  const qt = { text: 'MDC_ECG_TIME_PD_QT', atMs: 270, endMs: 670, lead: null, value: 400, unit: 'ms' };
  expect(found.annotations).toContainEqual(qt);
});

test('statements of the recorder, line by line', () => {
  const say = (text: string) =>
    `<component><annotation><code code="MDC_ECG_INTERPRETATION_STATEMENT"/><value xsi:type="ST">${text}</value></annotation></component>`;
  const found = read(writeAecg(trace, { annotations: say('Sinus\n rhythm') + say('P &lt; 120 ms') }));
  expect(found.statements).toEqual(['Sinus rhythm', 'P < 120 ms']);
});

test('a second sequence set begins where its clock says', () => {
  const one = writeAecg(trace);
  const set = one.slice(one.indexOf('<component><sequenceSet>'), one.indexOf('</sequenceSet></component>') + 26);
  const later = set.replace('<head value="20260301080000"', '<head value="20260301080010.5"');
  const found = read(one.replace(set, set + later));
  expect(found.recordings.map(({ kind, startMs }) => [kind, startMs])).toEqual([
    ['rhythm', 0],
    ['rhythm', 10_500],
    ['median', 0],
  ]);
});

test('leads of another length are recordings of their own and a warning', () => {
  const found = read(writeAecg(trace).replace(/(<digits>)\S+ (?=.*?<\/digits>)/s, '$1'));
  expect(found.recordings.slice(0, 2).map(({ leads }) => leads.length)).toEqual([11, 1]);
  expect(found.recordings[1]?.leads[0]?.code).toBe('I');
  expect(found.warnings).toEqual([{ code: 'leads-unequal', where: 'series[1]/sequenceSet[1]' }]);
});

test('what is no number of 32 bits is refused with its place', () => {
  for (const wrong of ['1.5', '--1', '-', '2147483648', '1,5', '١']) {
    const text = writeAecg(trace).replace(/<digits>\S+ \S+/, `<digits>7 ${wrong}`);
    expect(refusal(readAecg, text)).toMatchObject({
      where: 'series[1]/sequenceSet[1] MDC_ECG_LEAD_I/digits',
      expected: 'integers of 32 bits (number 2)',
      found: wrong,
    });
  }
});

test.each([
  ['<scale value="5" unit="uV"/>', '', /scale@unit$/, 'nothing'],
  ['<scale value="5" unit="uV"/>', '<scale value="5" unit="mmHg"/>', /scale@unit$/, 'mmHg'],
  ['<scale value="5" unit="uV"/>', '<scale value="0" unit="uV"/>', /MDC_ECG_LEAD_I$|sequenceSet\[1\] I$/, '0'],
  ['<increment value="0.002" unit="s"/>', '<increment value="0" unit="s"/>', /increment@value$/, '0'],
  ['<increment value="0.002" unit="s"/>', '<increment value="0.002" unit="min"/>', /increment@unit$/, 'min'],
  ['MDC_ECG_LEAD_II"', 'MDC_ECG_LEAD_I"', /sequenceSet\[1\]$/, 'I'],
  ['TIME_ABSOLUTE', 'TIME_UNKNOWN', /sequenceSet\[1\]$/, 'neither'],
  ['xsi:type="SLIST_PQ"', 'xsi:type="SLIST_TS"', /value@type$/, 'SLIST_TS'],
])('%s as %s is refused', (from, to, where, found) => {
  expect(refusal(readAecg, writeAecg(trace).replace(from, to))).toMatchObject({
    where: expect.stringMatching(where),
    found,
  });
});

test('absurd gains and rates are shown with a warning', () => {
  const text = writeAecg(trace).replaceAll('scale value="5"', 'scale value="5000"').replace('0.002', '0.1');
  expect(describeTrace(read(text)).warnings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['gain-unusual', 'rate-unusual']),
  );
});

test('a time that is none is a warning and not an invention', () => {
  const found = read(writeAecg({ ...trace, acquiredAt: '2026-02-30T08:00:00' }));
  expect(found.acquiredAt).toBeNull();
  expect(found.warnings.map(({ code }) => code)).toContain('time-unreadable');
});

test('only a document whose root says so is taken for an aECG', () => {
  expect(looksLikeAecg(Buffer.from(writeAecg(trace)))).toBe(true);
  expect(looksLikeAecg(Buffer.from('<RestingECG/>'))).toBe(false);
  expect(refusal(readAecg, '<RestingECG/>')).toMatchObject({ where: 'root element', found: 'RestingECG' });
  expect(refusal(readAecg, '<AnnotatedECG/>')).toMatchObject({
    where: 'AnnotatedECG',
    expected: 'a series with leads',
  });
});
