import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportContent } from '@lianzhen/contracts/reporting.ts';
import { writePart10 } from '@lianzhen/dicom/part10.ts';
import { describe, expect, test } from 'vitest';
import type { Adapter, TraceObject } from '../../workers/delivery/adapters/adapter.ts';
import { storeDicom } from '../../workers/delivery/adapters/dicom-store.ts';
import { stowDicom } from '../../workers/delivery/adapters/dicomweb.ts';
import { ecgReportObjects } from '../../workers/delivery/adapters/ecg-report-object.ts';
import { ecgPart, ecgReport } from '../factories/ecg-report.ts';
import { sampleHash } from '../factories/report-content.ts';
import { missingTools, temporaryFolder } from './dimse-tools.ts';
import { hasOrthanc, startOrthanc } from './orthanc.ts';
import { receiveStored } from './store-receiver.ts';

const hasDcmtk = missingTools('storescp', 'dsrdump').length === 0;
const hasChecker = spawnSync('dciodvfy', ['-version']).error === undefined;
if (!hasChecker) console.log('skipped: dciodvfy is not installed (dicom3tools)');
const python = '/usr/bin/python3';
const hasPydicom = spawnSync(python, ['-c', 'import pydicom']).status === 0;
if (!hasPydicom) console.log('skipped: pydicom is not installed (python3-pydicom)');
if (!hasOrthanc) console.log('skipped: orthanc or orthanc-dicomweb not installed');

const twelveLead: TraceObject = { sopClassUid: '1.2.840.10008.5.1.4.1.1.9.1.1', seriesInstanceUid: '1.2.826.0.1.5.7' };
const picture: TraceObject = { ...twelveLead, sopClassUid: '1.2.840.10008.5.1.4.1.1.104.1' };
const photograph: TraceObject = { ...twelveLead, sopClassUid: '1.2.840.10008.5.1.4.1.1.77.1.4' };
const { numbers } = ecgPart();
const nothing = Object.fromEntries(Object.keys(numbers).map((name) => [name, null]));
const unmeasured = ecgPart({ numbers: { ...numbers, ...nothing, qtcFormula: 'hodges' } });
const bare = ecgPart({ ...unmeasured, statements: [], comparison: '', comparedWith: null, acquiredAt: null });
const longCode = [{ code: 'C01-OWN-STATEMENT-17', zh: '自\\编^语句', en: 'Our own' }];

const cases: ReadonlyArray<readonly [what: string, content: ReportContent, trace: TraceObject | null]> = [
  ['a final report', ecgReport(), twelveLead],
  ['a preliminary one', ecgReport({ kind: 'preliminary', reviewer: null }), twelveLead],
  ['one signed alone', ecgReport({ reviewer: null, signedAlone: true }), twelveLead],
  ['one of an unknown object', ecgReport(), null],
  ['one on a PDF', ecgReport({ ecg: bare, findings: '' }), picture],
  ['one on a photograph', ecgReport({ positive: true, ecg: bare }), photograph],
  ['one with nothing measured', ecgReport({ ecg: unmeasured }), twelveLead],
  ['one with a long code', ecgReport({ ecg: ecgPart({ statements: longCode }) }), twelveLead],
];
async function fileOf(content: ReportContent, trace: TraceObject | null): Promise<string> {
  const file = join(await temporaryFolder(), 'report.dcm');
  const [object, ...others] = ecgReportObjects(content, trace);
  expect(others).toEqual([]);
  writeFileSync(file, writePart10(object ?? {}));
  return file;
}

test.skipIf(!hasChecker).each(cases)('dciodvfy: %s is valid', async (_, content, trace) => {
  const { stdout, stderr } = spawnSync('dciodvfy', ['-new', await fileOf(content, trace)], { encoding: 'utf8' });
  expect(`${stdout}\n${stderr}`.split('\n').filter((line) => line.startsWith('Error'))).toEqual([]);
  expect(stderr).toContain('ComprehensiveSR');
});

test.skipIf(!hasDcmtk).each(cases)('dsrdump reads %s without a warning', async (_, content, trace) => {
  const { stdout, stderr, status } = spawnSync('dsrdump', ['+U8', '+Pt', await fileOf(content, trace)], {
    encoding: 'utf8',
  });
  // It knows UTF-8 and checks no letters of it; that is all it may say.
  const said = stderr.split('\n').filter((line) => !/^(W: The VR checker does not support .* ISO_IR 192)?$/.test(line));
  expect({ status, said }).toEqual({ status: 0, said: [] });
  expect(stdout).toContain('TID 3700 (DCMR)');
});

test('the same version gives the same bytes, the next one another instance of the same series', () => {
  const bytes = (changes: Partial<ReportContent> = {}) =>
    ecgReportObjects(ecgReport(changes), twelveLead).map((json) => writePart10(json));
  expect(bytes()).toEqual(bytes());
  const uids = (changes: Partial<ReportContent> = {}) =>
    ecgReportObjects(ecgReport(changes), twelveLead).map((json) => [json['0020000E']?.Value, json['00080018']?.Value]);
  const [[series, instance] = []] = uids();
  const [[laterSeries, later] = []] = uids({ kind: 'corrected', versionNumber: 2, replacesVersion: 1 });
  expect(laterSeries).toEqual(series);
  expect(later).not.toEqual(instance);
  const [[otherSeries] = []] = uids({ identityCorrection: { number: 1, at: '2026-03-02T00:00:00.000Z' } });
  expect(otherSeries).not.toEqual(series);
  const { ecg: _, ...without } = ecgReport();
  expect(ecgReportObjects(without, null)).toEqual([]);
});

/** What another library finds in the tree. */
const reader = `
import json, sys, pydicom
d = pydicom.dcmread(sys.argv[1])
def walk(i):
    for c in i.get('ContentSequence', []):
        yield c
        yield from walk(c)
name = lambda c: c.ConceptNameCodeSequence[0].CodeValue
out = dict(study=d.StudyInstanceUID, patient=d.PatientID, numbers={}, codes=[], texts={})
for c in walk(d):
    if c.ValueType == 'NUM':
        m = c.MeasuredValueSequence
        out['numbers'][name(c)] = [float(m[0].NumericValue), m[0].MeasurementUnitsCodeSequence[0].CodeValue] if len(m) else c.NumericValueQualifierCodeSequence[0].CodeValue
    if c.ValueType == 'CODE' and name(c) in ('271921002', '111001'):
        out['codes'].append(c.ConceptCodeSequence[0].CodeValue)
    if c.ValueType == 'WAVEFORM':
        out['waveform'] = [c.ReferencedSOPSequence[0].ReferencedSOPClassUID, c.ReferencedSOPSequence[0].ReferencedSOPInstanceUID]
    if c.ValueType == 'DATETIME':
        out.setdefault('times', []).append(c.DateTime)
print(json.dumps(out, ensure_ascii=False))
`;

test.skipIf(!hasPydicom)('another library reads numbers, codes and the trace as they were signed', async () => {
  const read = async (content: ReportContent) => {
    const file = await fileOf(content, twelveLead);
    const { stdout, stderr } = spawnSync(python, ['-c', reader, file], {
      encoding: 'utf8',
      env: { PYTHONIOENCODING: 'utf-8' },
    });
    expect(stderr).toBe('');
    return JSON.parse(stdout);
  };
  const { studyInstanceUid, sopInstanceUid } = ecgPart();
  expect(await read(ecgReport())).toEqual({
    study: studyInstanceUid,
    patient: '110101199003020023',
    numbers: {
      ...{ '2:16016': [72.4, '{H.B.}/min'], '2:16160': [388, 'ms'], '2:15872': [158, 'ms'], '2:16156': [92, 'ms'] },
      ...{ '2:16168': [829, 'ms'], '2:15880': [426, 'ms'], '2:16184': [104, 'ms'], '2:16128': [48, 'deg'] },
      ...{ '2:16132': [-12.6, 'deg'], '2:16136': [35, 'deg'], '2:2304': [-871, 'uV'], '2:2048': [1432, 'uV'] },
    },
    codes: ['122730', 'SR', 'LAD'],
    texts: {},
    waveform: [twelveLead.sopClassUid, sopInstanceUid],
    times: ['20251103090000', '20260302080500.250+0800'],
  });
  const { numbers: unknown } = await read(ecgReport({ ecg: unmeasured }));
  const asked = ['2:16016', '2:16160', '2:15872', '2:16156', '2:16168'];
  expect(unknown).toEqual(Object.fromEntries(asked.map((concept) => [concept, '114010'])));
});

const pdf = Buffer.from('%PDF-1.7 sample');
const send = (adapter: Adapter, config: object) =>
  adapter(
    { form: 'pdf', bytes: pdf },
    { id: 'd', kind: 'dicom-store', config, secrets: {} },
    { id: '018f0000-0000-7000-8000-00000000d009', content: ecgReport(), contentHash: sampleHash, trace: twelveLead },
    new AbortController().signal,
  );

describe.skipIf(!hasDcmtk)('storescp', () => {
  async function receive(profile?: string) {
    if (!profile) return receiveStored();
    const settings = join(await temporaryFolder(), 'association.cfg');
    writeFileSync(settings, profile);
    return receiveStored('-xf', settings, 'Default');
  }

  test('has the PDF and the structured report once each, however often they are sent', async () => {
    const { folder, config } = await receive();
    for (const _ of [1, 2])
      expect(await send(storeDicom, config)).toEqual({ outcome: 'accepted', answer: 'C-STORE 0000 SR 0000' });
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('one that takes no structured reports has the PDF', async () => {
    const { folder, config } = await receive(
      [
        '[[TransferSyntaxes]]\n[Plain]\nTransferSyntax1 = LittleEndianExplicit\nTransferSyntax2 = LittleEndianImplicit',
        '[[PresentationContexts]]\n[OnlyPdf]\nPresentationContext1 = EncapsulatedPDFStorage\\Plain',
        '[[Profiles]]\n[Default]\nPresentationContexts = OnlyPdf\n',
      ].join('\n'),
    );
    expect(await send(storeDicom, config)).toEqual({ outcome: 'accepted', answer: 'C-STORE SR 0122 0000' });
    expect(readdirSync(folder)).toHaveLength(1);
  });
});

test.skipIf(!hasOrthanc)('Orthanc has both in the study of the trace after C-STORE and STOW-RS', async () => {
  const { url, dicomPort, aeTitle } = await startOrthanc();
  const dimse = { host: '127.0.0.1', port: dicomPort, calledAeTitle: aeTitle };
  for (const [adapter, config] of [
    [storeDicom, dimse],
    [stowDicom, { baseUrl: `${url}/dicom-web` }],
  ] as const) {
    const receipt = await send(adapter, config);
    expect(receipt.outcome, receipt.answer).toBe('accepted');
  }
  const instances = (await (
    await fetch(`${url}/instances?expand&requestedTags=SOPClassUID;StudyInstanceUID`)
  ).json()) as {
    RequestedTags?: { SOPClassUID: string; StudyInstanceUID: string };
  }[];
  expect(instances).toHaveLength(2);
  const studies = (await (await fetch(`${url}/studies?expand`)).json()) as { MainDicomTags: object }[];
  expect(studies.map(({ MainDicomTags }) => MainDicomTags)).toMatchObject([
    { StudyInstanceUID: ecgPart().studyInstanceUid },
  ]);
});
