import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { sopClass } from '@lianzhen/dicom/sop-classes.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { attribute, bounded, code, dayAndTime, items } from '../../sr/dicom-values.ts';
import { container, content, textItem } from '../../sr/sr-items.ts';
import type { StudyEvidence } from './session-evidence.ts';
import { commonModules, evidenceSequence, imageReference, imagesOf, isWaveform } from './study-modules.ts';

const ofInterest = code('113000', 'DCM', 'Of Interest');
const description = code('113012', 'DCM', 'Key Object Description');

/** The frames that were looked at or marked, as a Key Object Selection (PS3.3 A.35.4, PS3.16 TID 2010). */
export function keyObjects(evidence: StudyEvidence): DicomJson[] {
  const images = imagesOf(evidence, evidence.frames);
  const [first] = images;
  if (!first) return [];
  const { day, time } = dayAndTime(evidence.at);
  const shownKind = images.every(isWaveform) ? '心电图' : '图像';
  const note = bounded(`会诊 ${evidence.consultationNumber} 中查看和标注的${shownKind}`, 200);
  const framesOf = Map.groupBy(evidence.frames, ({ sopInstanceUid }) => sopInstanceUid);
  const shown = images.map((image) => {
    const numbers = [...new Set(framesOf.get(image.sopInstanceUid)?.map(({ frame }) => frame))].sort((a, b) => a - b);
    return content('CONTAINS', isWaveform(image) ? 'WAVEFORM' : 'IMAGE', {
      [tags.ReferencedSOPSequence]: items(imageReference(image, numbers)),
    });
  });
  return [
    {
      ...commonModules(evidence, first, {
        sopClassUid: sopClass.keyObjectSelection,
        modality: 'KO',
        seriesNumber: 9912,
        seriesDescription: '会诊关键图像',
        about: 'all',
      }),
      [tags.ContentDate]: attribute('DA', day),
      [tags.ContentTime]: attribute('TM', time),
      '00081111': items(),
      '0040A375': evidenceSequence(evidence.studyUid, images),
      ...container(ofInterest, [textItem('CONTAINS', description, note), ...shown], '2010'),
    },
  ];
}
