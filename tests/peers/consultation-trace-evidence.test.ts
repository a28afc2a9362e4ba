import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DicomJson, text } from '@lianzhen/dicom/model.ts';
import { writePart10 } from '@lianzhen/dicom/part10.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { expect, test } from 'vitest';
import { evidenceObjects } from '../../workers/consultation/evidence/evidence-objects.ts';
import { traceEvidence } from '../factories/trace-evidence.ts';
import { temporaryFolder } from './dimse-tools.ts';

const hasChecker = spawnSync('dciodvfy', ['-version']).error === undefined;
if (!hasChecker) console.log('skipped: dciodvfy is not installed (dicom3tools)');
const python = '/usr/bin/python3';
const hasPydicom = spawnSync(python, ['-c', 'import pydicom']).status === 0;
if (!hasPydicom) console.log('skipped: pydicom is not installed (python3-pydicom)');

async function written(): Promise<{ json: DicomJson; file: string }[]> {
  const folder = await temporaryFolder();
  return evidenceObjects(await traceEvidence()).map((json, at) => {
    const file = join(folder, `${at}.dcm`);
    writeFileSync(file, writePart10(json));
    return { json, file };
  });
}

test.skipIf(!hasChecker)('what a session over an electrocardiogram leaves is valid', async () => {
  const objects = await written();
  expect(objects.map(({ json }) => text(json, tags.Modality))).toEqual(['SR', 'KO']);
  for (const { json, file } of objects) {
    const { stdout, stderr } = spawnSync('dciodvfy', ['-new', file], { encoding: 'utf8' });
    const errors = `${stdout}\n${stderr}`.split('\n').filter((line) => line.startsWith('Error'));
    expect(errors, text(json, tags.Modality)).toEqual([]);
  }
});

/** What another library finds: each number with the lead and the time that it was taken from. */
const reader = `
import json, sys, pydicom
def items(d):
    for i in d.get('ContentSequence', []):
        yield i
        yield from items(i)
out = []
for f in sys.argv[1:]:
    d = pydicom.dcmread(f)
    found = list(items(d))
    numbers = []
    for i in found:
        if i.ValueType == 'NUM':
            below = list(items(i))
            time = [b for b in below if b.ValueType == 'TCOORD'][0]
            wave = [b for b in below if b.ValueType == 'WAVEFORM'][0]
            lead = [b for b in below if b.ValueType == 'CODE'][0]
            numbers.append([i.ConceptNameCodeSequence[0].CodeMeaning, float(i.MeasuredValueSequence[0].NumericValue),
                i.MeasuredValueSequence[0].MeasurementUnitsCodeSequence[0].CodeValue, lead.ConceptCodeSequence[0].CodeValue,
                time.TemporalRangeType, [float(t) for t in ([time.ReferencedTimeOffsets] if time['ReferencedTimeOffsets'].VM == 1 else time.ReferencedTimeOffsets)],
                wave.ReferencedSOPSequence[0].ReferencedSOPClassUID])
    out.append(dict(modality=d.Modality, numbers=numbers, waves=len([i for i in d.ContentSequence if i.ValueType == 'WAVEFORM'])))
print(json.dumps(out, ensure_ascii=False))
`;
const twelveLead = '1.2.840.10008.5.1.4.1.1.9.1.1';

test.skipIf(!hasPydicom)('another library reads each caliper with its lead and its time', async () => {
  const files = (await written()).map(({ file }) => file);
  const { stdout, stderr } = spawnSync(python, ['-c', reader, ...files], {
    encoding: 'utf8',
    env: { PYTHONIOENCODING: 'utf-8' },
  });
  expect(stderr).toBe('');
  const [sr, ko] = JSON.parse(stdout);
  expect(sr.numbers).toEqual([
    ['Duration', 412.25, 'ms', '2:2', 'SEGMENT', [0.83825, 1.2505], twelveLead],
    ['Voltage between two points', 1100, 'uV', '2:7', 'POINT', [2], twelveLead],
    ['Duration', 800, 'ms', '2:62', 'SEGMENT', [0.1, 0.9], twelveLead],
  ]);
  expect(ko).toMatchObject({ modality: 'KO', waves: 1 });
});
