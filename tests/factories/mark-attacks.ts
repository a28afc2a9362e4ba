import { randomUUID } from 'node:crypto';

/** What a stranger would try with the marks on the images of a case, right but for who he is. */
export function markAttacks(id: string, leaseToken: string, studyUid: string): Record<string, object> {
  const held = { id, leaseToken, markId: randomUUID() };
  const mark = {
    ...{ kind: 'point', studyUid, seriesUid: '1.2', sopInstanceUid: '1.2.3', frame: 1 },
    ...{ points: [{ x: 1, y: 1 }], calibration: 'none', values: [] },
  };
  return {
    'worklist.marks': { id },
    'worklist.placeMark': { ...held, mark },
    'worklist.removeMark': held,
  };
}
