import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DicomJson, text } from '@lianzhen/dicom/model.ts';
import { writePart10 } from '@lianzhen/dicom/part10.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { expect, test } from 'vitest';
import { evidenceObjects } from '../../workers/consultation/evidence/evidence-objects.ts';
import type { StudyEvidence } from '../../workers/consultation/evidence/session-evidence.ts';
import { syntheticStudy } from '../factories/dicom.ts';
import { referencedImages, studyEvidence } from '../factories/session-evidence.ts';
import { temporaryFolder } from './dimse-tools.ts';

const hasChecker = spawnSync('dciodvfy', ['-version']).error === undefined;
if (!hasChecker) console.log('skipped: dciodvfy is not installed (dicom3tools)');
const python = '/usr/bin/python3';
const hasPydicom = spawnSync(python, ['-c', 'import pydicom']).status === 0;
if (!hasPydicom) console.log('skipped: pydicom is not installed (python3-pydicom)');

async function objectsOf(modality: 'CT' | 'MR' | 'DX' | 'US', attributes: DicomJson = {}): Promise<DicomJson[]> {
  const images = await referencedImages(syntheticStudy({ modality, instances: 3, attributes }));
  const studyUid = text(images[0]?.attributes ?? {}, tags.StudyInstanceUID) ?? '';
  return evidenceObjects(studyEvidence(studyUid, images));
}

test.skipIf(!hasChecker).each(['CT', 'MR', 'DX', 'US'] as const)(
  'what a session over %s leaves is valid',
  async (modality) => {
    const folder = await temporaryFolder();
    const objects = await objectsOf(modality);
    expect(objects.map((json) => text(json, tags.Modality))).toEqual(['PR', 'SR', 'KO']);
    for (const json of objects) {
      const file = join(folder, 'evidence.dcm');
      writeFileSync(file, writePart10(json));
      const { stdout, stderr } = spawnSync('dciodvfy', ['-new', file], { encoding: 'utf8' });
      const errors = `${stdout}\n${stderr}`.split('\n').filter((line) => line.startsWith('Error'));
      expect(errors, `${modality} ${text(json, tags.Modality)}`).toEqual([]);
    }
  },
);

/** As an ultrasound machine sends them: colour, several frames, a mark on the seventh. */
async function colourLoop(): Promise<StudyEvidence> {
  const images = await referencedImages(syntheticStudy({ modality: 'US', instances: 1 }));
  const coloured = images.map((image) => ({
    ...image,
    sopClassUid: '1.2.840.10008.5.1.4.1.1.3.1',
    frameCount: 30,
    attributes: { ...image.attributes, [tags.PhotometricInterpretation]: { vr: 'CS', Value: ['RGB'] } },
  }));
  const evidence = studyEvidence(text(images[0]?.attributes ?? {}, tags.StudyInstanceUID) ?? '', coloured);
  const atSeven = <T extends object>(one: T) => ({ ...one, frame: 7 });
  return { ...evidence, marks: evidence.marks.map(atSeven), frames: evidence.frames.map(atSeven) };
}

test.skipIf(!hasChecker)('a colour loop has a colour presentation state that names its frame', async () => {
  const folder = await temporaryFolder();
  const objects = evidenceObjects(await colourLoop());
  expect(text(objects[0] ?? {}, tags.SOPClassUID)).toBe('1.2.840.10008.5.1.4.1.1.11.2');
  for (const json of objects) {
    const file = join(folder, 'evidence.dcm');
    writeFileSync(file, writePart10(json));
    const { stdout, stderr } = spawnSync('dciodvfy', ['-new', file], { encoding: 'utf8' });
    expect(`${stdout}\n${stderr}`.split('\n').filter((line) => line.startsWith('Error'))).toEqual([]);
    expect(JSON.stringify(json)).toContain('"00081160":{"vr":"IS","Value":[7]}');
  }
});

/** What another library finds: identity, references and the numbers of the marks. */
const reader = `
import json, sys, pydicom
def items(d, depth=0):
    for i in d.get('ContentSequence', []):
        yield i
        yield from items(i)
out = []
for f in sys.argv[1:]:
    d = pydicom.dcmread(f)
    one = dict(modality=d.Modality, patient=str(d.PatientName), id=d.PatientID, birth=d.PatientBirthDate, sex=d.PatientSex,
        study=d.StudyInstanceUID, date=d.StudyDate, accession=d.AccessionNumber)
    if d.Modality == 'PR':
        one['graphics'] = [[g.GraphicType, [float(x) for x in g.GraphicData]]
            for a in d.GraphicAnnotationSequence for g in a.GraphicObjectSequence]
        one['layers'] = [l.GraphicLayerDescription for l in d.GraphicLayerSequence]
        one['window'] = [float(d.SoftcopyVOILUTSequence[0].WindowCenter), float(d.SoftcopyVOILUTSequence[0].WindowWidth)]
        one['turn'] = [d.ImageRotation, d.ImageHorizontalFlip]
    else:
        found = list(items(d))
        one['images'] = len([i for i in found if i.ValueType == 'IMAGE'])
        one['numbers'] = [[i.ConceptNameCodeSequence[0].CodeMeaning, float(i.MeasuredValueSequence[0].NumericValue),
            i.MeasuredValueSequence[0].MeasurementUnitsCodeSequence[0].CodeValue] for i in found if i.ValueType == 'NUM']
    out.append(one)
print(json.dumps(out, ensure_ascii=False))
`;

test.skipIf(!hasPydicom)('another library reads patient, marks and numbers as they were', async () => {
  const folder = await temporaryFolder();
  const files = (await objectsOf('CT')).map((json, at) => {
    const file = join(folder, `${at}.dcm`);
    writeFileSync(file, writePart10(json));
    return file;
  });
  const { stdout, stderr } = spawnSync(python, ['-c', reader, ...files], {
    encoding: 'utf8',
    env: { PYTHONIOENCODING: 'utf-8' },
  });
  expect(stderr).toBe('');
  const [pr, sr, ko] = JSON.parse(stdout);
  for (const one of [pr, ko, sr]) {
    expect(one).toMatchObject({ patient: 'Zhang^Xiaoming=张^小明', id: 'P0001', birth: '19700312', sex: 'M' });
    expect(one.study).toBe(pr.study);
  }
  expect(pr.graphics[0]).toEqual(['POLYLINE', [4, 5, 40, 50]]);
  expect(pr.layers).toEqual(['李主任', '王医生']);
  expect(pr).toMatchObject({ window: [45, 360], turn: [270, 'Y'] });
  expect(ko.images).toBe(3);
  expect(sr.numbers).toEqual([
    ['Length', 57.628118, 'mm'],
    ['Angle', 98.2, 'deg'],
    ['Attenuation Coefficient', 41.5, "[hnsf'U]"],
    ['Attenuation Coefficient', 12.25, "[hnsf'U]"],
    ['Area', 628.3, 'mm2'],
    ['Area', 800, '{pixels2}'],
  ]);
});

test('the same session gives the same bytes, a later one other objects in the same series', async () => {
  const images = await referencedImages(syntheticStudy({ modality: 'CT', instances: 2 }));
  const evidence = studyEvidence(text(images[0]?.attributes ?? {}, tags.StudyInstanceUID) ?? '', images);
  const bytesOf = (more: typeof evidence) => evidenceObjects(more).map((json) => writePart10(json));
  expect(bytesOf(evidence)).toEqual(bytesOf(evidence));
  const later = evidenceObjects({ ...evidence, seq: 43, marks: evidence.marks.slice(1) });
  const before = evidenceObjects(evidence);
  expect(later.map((json) => text(json, tags.SeriesInstanceUID))).toEqual(
    before.map((json) => text(json, tags.SeriesInstanceUID)),
  );
  for (const [at, json] of later.entries()) {
    expect(text(json, tags.SOPInstanceUID)).not.toBe(text(before[at] ?? {}, tags.SOPInstanceUID));
  }
});
