import type { SessionMark } from '@lianzhen/contracts/session-marks.ts';
import type { Mark } from '@lianzhen/contracts/shared-view.ts';
import { bufferSource } from '@lianzhen/dicom/byte-source.ts';
import { describeInstance } from '@lianzhen/dicom/describe-instance.ts';
import { number } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import type { ReferencedImage, StudyEvidence } from '../../workers/consultation/evidence/session-evidence.ts';
import type { SyntheticInstance } from './dicom.ts';

export const sessionId = '018f0000-0000-7000-8000-0000000000c1';

/** Images as the hub has indexed them. */
export async function referencedImages(instances: readonly SyntheticInstance[]): Promise<ReferencedImage[]> {
  return Promise.all(
    instances.map(async ({ bytes }) => {
      const found = await describeInstance(bufferSource(bytes));
      return {
        sopInstanceUid: found.sopInstanceUid,
        sopClassUid: found.sopClassUid,
        seriesUid: found.seriesInstanceUid,
        frameCount: number(found.attributes, tags.NumberOfFrames) ?? 1,
        attributes: found.attributes,
      };
    }),
  );
}

const mm = (value: number, name = 'length') => ({ name, value, unit: 'mm' });

type Drawn = Pick<Mark, 'kind' | 'points' | 'values'>;

/** One mark of every kind. */
export const drawnMarks: readonly Drawn[] = [
  { kind: 'length', points: [point(4, 5), point(40, 50)], values: [mm(57.628118)] },
  {
    kind: 'angle',
    points: [point(4, 5), point(20, 20), point(40, 8)],
    values: [{ name: 'angle', value: 98.2, unit: 'deg' }],
  },
  {
    kind: 'ellipse',
    points: [point(10, 12), point(30, 52)],
    values: [
      { name: 'mean', value: 41.5, unit: 'HU' },
      { name: 'deviation', value: 12.25, unit: 'HU' },
      { name: 'area', value: 628.3, unit: 'mm2' },
    ],
  },
  { kind: 'rectangle', points: [point(10, 12), point(30, 52)], values: [{ name: 'area', value: 800, unit: 'px2' }] },
  { kind: 'point', points: [point(33, 34)], values: [] },
  { kind: 'arrow', points: [point(2, 2), point(30, 30)], values: [] },
  { kind: 'freehand', points: [point(1, 1), point(4, 9), point(16, 12.5), point(20, 3)], values: [] },
];

function point(x: number, y: number) {
  return { x, y };
}

/** Two people who mark all kinds on the first image, and a look at every image. */
export function studyEvidence(studyUid: string, images: readonly ReferencedImage[]): StudyEvidence {
  const [first] = images;
  if (!first) throw new Error('a session without images');
  const marks = drawnMarks.map(
    (drawn, at): SessionMark => ({
      ...drawn,
      id: `018f0000-0000-4000-8000-00000000010${at}`,
      studyUid,
      seriesUid: first.seriesUid,
      sopInstanceUid: first.sopInstanceUid,
      frame: 1,
      text: '',
      calibration: 'patient',
      author: at % 2 === 0 ? '李主任' : '王医生',
      seatId: `seat-${at % 2}`,
      colour: at % 2 === 0 ? '#ffb000' : '#4cc9f0',
    }),
  );
  const frames = images.map(({ seriesUid, sopInstanceUid }) => ({ studyUid, seriesUid, sopInstanceUid, frame: 1 }));
  return {
    consultationId: sessionId,
    consultationNumber: 'C20261122-0001',
    studyUid,
    seq: 42,
    at: new Date('2026-11-22T06:30:00.000Z'),
    creator: '李主任',
    images: new Map(images.map((image) => [image.sopInstanceUid, image])),
    marks,
    frames,
    tiles: [
      {
        seriesUid: first.seriesUid,
        sopInstanceUid: first.sopInstanceUid,
        frame: 1,
        windowCenter: 45,
        windowWidth: 360,
        fileVoi: 0,
        scale: 2,
        translation: { x: 3, y: -2 },
        rotation: 90,
        hflip: true,
        vflip: false,
        invert: false,
      },
    ],
  };
}
