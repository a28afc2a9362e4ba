import { describe, expect, test } from 'vitest';
import type { Trace } from '../../trace.ts';
import { looksLikeScp, readScp } from './read-scp.ts';
import { ecgLeads } from './test-kit/heart.ts';
import { code } from './test-kit/huffman-encode.ts';
import { type Coding, writeScp } from './test-kit/write-scp.ts';

const small = [code('00', 0), code('01', 1), code('10', -1), code('110', 2, { isSwitch: true })];
const large = [code('1', 0, { extra: 16 }), code('0', 1, { isSwitch: true })];
const codings: ReadonlyArray<readonly [string, Coding]> = [
  ['plain', 'plain'],
  ['default table', 'default'],
  ['tables of its own', [small, large]],
];
const samplesOf = (trace: Trace, recording = 0) =>
  Object.fromEntries(trace.recordings[recording]?.leads.map((lead) => [lead.code, [...lead.samples]]) ?? []);
const written = (leads: ReadonlyArray<{ code: string; samples: readonly number[] }>) =>
  Object.fromEntries(leads.map((lead) => [lead.code, [...lead.samples]]));

describe.each(codings)('%s', (_, coding) => {
  test.each([0, 1, 2])('samples come back from differences of order %i', (order) => {
    const leads = ecgLeads({ count: 1500 });
    const trace = readScp(writeScp({ leads, coding, order }));
    expect(samplesOf(trace)).toEqual(written(leads));
    expect(trace.warnings).toEqual([]);
  });
});

test('units, rate and names of leads are those of the record', () => {
  const leads = ecgLeads({ count: 100, codes: ['I', 'II', 'V1', 'V3R', 'V8', 'X', 'aVR'] });
  const trace = readScp(writeScp({ leads, interval: 1000, multiplier: 4880 }));
  expect(trace.recordings).toMatchObject([{ kind: 'rhythm', samplingFrequency: 1000, startMs: 0, label: null }]);
  expect(trace.recordings[0]?.leads.map((lead) => lead.code)).toEqual(['I', 'II', 'V1', 'V3R', 'V8', 'X', 'aVR']);
  expect(trace.recordings[0]?.leads[0]).toMatchObject({ gain: 4.88, baseline: 0, derived: false });
});

test('leads recorded one group after the other become recordings in their order', () => {
  const [one, two, three] = ecgLeads({ count: 250, codes: ['II', 'V1', 'V2'] });
  const leads = [
    { ...three, first: 501 },
    { ...one, first: 1 },
    { ...two, first: 251 },
  ] as Parameters<typeof writeScp>[0]['leads'];
  const trace = readScp(writeScp({ leads }));
  expect(trace.recordings.map(({ startMs, leads: [lead] }) => [startMs, lead?.code])).toEqual([
    [0, 'II'],
    [500, 'V1'],
    [1000, 'V2'],
  ]);
  expect(samplesOf(trace, 2)).toEqual(written(three ? [three] : []));
});

test('a reference beat becomes a median recording of its own', () => {
  const leads = ecgLeads({ count: 400 }).map((lead, index) => ({
    ...lead,
    beat: Array.from({ length: 300 }, (_, at) => at * (index + 1) - 40),
  }));
  const trace = readScp(writeScp({ leads, reference: { fiducial: 120, multiplier: 1000 } }));
  expect(trace.recordings.map(({ kind }) => kind)).toEqual(['rhythm', 'median']);
  expect(samplesOf(trace)).toEqual(written(leads));
  expect(samplesOf(trace, 1)).toEqual(Object.fromEntries(leads.map((lead) => [lead.code, lead.beat])));
  expect(trace.recordings[1]?.leads[0]?.gain).toBe(1);
});

test('a lead recorded at two times has one reference beat', () => {
  const leads = ecgLeads({ count: 200, codes: ['II', 'V1', 'II'] }).map((lead, index) => ({
    ...lead,
    first: index === 2 ? 1001 : 1,
    beat: [1, 2, 3, 4, 5, 6],
  }));
  const { recordings } = readScp(writeScp({ leads, reference: { fiducial: 3 } }));
  const found = recordings.map(({ kind, leads: own }) => [kind, own.map((lead) => lead.code)]);
  expect(found).toEqual([
    ['rhythm', ['II', 'V1']],
    ['rhythm', ['II']],
    ['median', ['II', 'V1']],
  ]);
});

test('a damaged reference beat that the rhythm does not need is left out with a warning', () => {
  const leads = ecgLeads({ count: 100, codes: ['I'] }).map((lead) => ({ ...lead, beat: [1, 2, 3] }));
  const options = { leads, reference: { fiducial: 2, lengthMs: 900 } };
  const trace = readScp(writeScp(options));
  expect(trace.recordings.map(({ kind }) => kind)).toEqual(['rhythm']);
  expect(trace.warnings).toMatchObject([{ code: 'section-skipped', where: 'section 5 I' }]);
  expect(() => readScp(writeScp({ ...options, isSubtracted: true }))).toThrow(
    expect.objectContaining({ details: expect.objectContaining({ where: 'section 5 I', expected: '450 samples' }) }),
  );
});

test('absurd units and rates are shown with a warning', () => {
  const [lead] = ecgLeads({ count: 50 });
  const trace = readScp(writeScp({ leads: lead ? [lead] : [], interval: 20_000, multiplier: 60_000 }));
  expect(trace.warnings).toEqual([
    { code: 'gain-unusual', where: 'section 6', detail: '60 uV per unit' },
    { code: 'rate-unusual', where: 'section 6', detail: '50 Hz' },
  ]);
});

test('a lead that comes twice keeps both its curves, the second under a name of its own', () => {
  const [lead] = ecgLeads({ count: 50 });
  const trace = readScp(writeScp({ leads: lead ? [lead, { ...lead, samples: lead.samples.map(() => 7) }] : [] }));
  expect(trace.recordings[0]?.leads.map(({ code: name }) => name)).toEqual(['I', 'I#2']);
  expect(trace.warnings).toMatchObject([{ code: 'lead-unknown', where: 'section 3' }]);
});

test('only SCP looks like SCP', () => {
  const record = writeScp({ leads: ecgLeads({ count: 20 }) });
  expect(looksLikeScp(record)).toBe(true);
  expect(looksLikeScp(record.fill(0, 16, 22))).toBe(true);
  expect(looksLikeScp(record.fill(1, 24, 32))).toBe(false);
  expect(looksLikeScp(Buffer.alloc(400))).toBe(false);
  expect(looksLikeScp(Buffer.from('<?xml version="1.0"?>'.padEnd(400)))).toBe(false);
  expect(looksLikeScp(Buffer.alloc(0))).toBe(false);
});
