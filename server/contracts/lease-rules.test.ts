import { expect, test } from 'vitest';
import { isEvidenceComplete, purposeOf, stateWithoutHolder } from './lease-rules.ts';
import { caseTransitions } from './worklist.ts';

test('the state says what a claim is for', () => {
  expect(purposeOf('ready')).toBe('read');
  expect(purposeOf('rejected')).toBe('read');
  expect(purposeOf('submitted')).toBe('review');
  for (const state of ['waiting', 'reported', 'returned', 'withdrawn']) expect(purposeOf(state)).toBeNull();
});

test('a case that is let go returns to the queue it came from', () => {
  expect(stateWithoutHolder('reading', false)).toBe('ready');
  expect(stateWithoutHolder('reading', true)).toBe('rejected');
  expect(stateWithoutHolder('reviewing', false)).toBe('submitted');
  expect(stateWithoutHolder('ready', false)).toBeNull();
  expect(caseTransitions.reading).toEqual(expect.arrayContaining(['ready', 'rejected']));
  expect(caseTransitions.reviewing).toContain('submitted');
});

const images = { state: 'matched', instanceCount: 2 };
test('evidence is complete when every exam that is still wanted has matched images', () => {
  const exam = (state: string, studies: (typeof images)[]) => ({ state, studies });
  expect(isEvidenceComplete([exam('acquired', [images])])).toBe(true);
  expect(isEvidenceComplete([exam('acquired', [images]), exam('scheduled', [])])).toBe(false);
  expect(isEvidenceComplete([exam('acquired', [images]), exam('cancelled', [])])).toBe(true);
  expect(isEvidenceComplete([exam('acquired', [{ state: 'quarantined', instanceCount: 2 }])])).toBe(false);
  expect(isEvidenceComplete([exam('acquired', [{ state: 'matched', instanceCount: 0 }])])).toBe(false);
  expect(isEvidenceComplete([])).toBe(false);
});
