import type { SessionMark } from '@lianzhen/contracts/session-marks.ts';
import { syntheticTrace } from '@lianzhen/ecg/signal/test-kit/synthetic.ts';
import type { StudyEvidence } from '../../workers/consultation/evidence/session-evidence.ts';
import { dicomOf } from './ecg-region.ts';
import { referencedImages, sessionId } from './session-evidence.ts';

type Laid = Pick<SessionMark, 'kind' | 'points' | 'values' | 'lead'>;

/** A caliper of every kind: milliseconds and microvolts. */
export const laidCalipers: readonly Laid[] = [
  {
    kind: 'time',
    lead: 'II',
    points: [
      { x: 1250.5, y: 0 },
      { x: 838.25, y: 0 },
    ],
    values: [
      { name: 'interval', value: 412.25, unit: 'ms' },
      { name: 'rate', value: 145.5, unit: '/min' },
    ],
  },
  {
    kind: 'voltage',
    lead: 'V5',
    points: [
      { x: 2000, y: -120 },
      { x: 2000, y: 980 },
    ],
    values: [{ name: 'voltage', value: 1100, unit: 'uV' }],
  },
  {
    kind: 'march',
    lead: 'aVR',
    points: [
      { x: 100, y: 0 },
      { x: 900, y: 0 },
    ],
    values: [{ name: 'interval', value: 800, unit: 'ms' }],
  },
];

/** Two people who lay calipers on a twelve-lead trace. */
export async function traceEvidence(): Promise<StudyEvidence> {
  const patient = { id: 'P0001', name: 'Zhang^Xiaoming=张^小明', sex: 'M', birthDate: '19700312' } as const;
  const bytes = dicomOf({ ...syntheticTrace({}), patient });
  const [image] = await referencedImages([{ bytes } as Parameters<typeof referencedImages>[0][number]]);
  if (!image) throw new Error('a session without a trace');
  const studyUid = String(image.attributes['0020000D']?.Value?.[0]);
  const place = { studyUid, seriesUid: image.seriesUid, sopInstanceUid: image.sopInstanceUid, frame: 1 };
  const marks = laidCalipers.map(
    (laid, at): SessionMark => ({
      ...place,
      ...laid,
      id: `018f0000-0000-4000-8000-00000000020${at}`,
      text: '',
      calibration: '',
      author: at % 2 === 0 ? '李主任' : '王医生',
      seatId: `seat-${at % 2}`,
      colour: at % 2 === 0 ? '#ffb000' : '#4cc9f0',
    }),
  );
  return {
    consultationId: sessionId,
    consultationNumber: 'C20261122-0002',
    studyUid,
    seq: 12,
    at: new Date('2026-11-22T06:30:00.000Z'),
    creator: '李主任',
    images: new Map([[image.sopInstanceUid, image]]),
    marks,
    frames: [place],
    tiles: [],
  };
}
