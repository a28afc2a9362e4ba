import { SharedView } from '@lianzhen/contracts/shared-view.ts';
import { emptyTrace } from '@lianzhen/contracts/shared-view-trace.ts';
import { expect, test } from 'vitest';
import { type EcgLook, firstLook } from '../../../ecg-viewer/look.ts';
import { traceShown, wantedTrace } from './trace-state.ts';

const place = { studyUid: '1', seriesUid: '1.2', sopInstanceUid: '1.2.3' };

test('what the leader sees is what the others are shown', () => {
  const look: EcgLook = {
    ...firstLook,
    layout: '6x2',
    speed: 50,
    gain: 20,
    lead: 'V5',
    isMagnified: true,
    zoom: 1.953125,
    filter: { highPassHz: 0.5, lowPassHz: 40, notchHz: 50 },
  };
  const wanted = wantedTrace(place, { look, startMs: 1234.567 });
  expect(SharedView.parse({ ...wanted, revision: 1 })).toMatchObject(wanted);
  expect(traceShown(wanted.trace)).toEqual({ look: { ...look, zoom: 1.953 }, startMs: 1235 });
});

test('a room without a trace shows as every viewer begins', () => {
  expect(traceShown(emptyTrace)).toEqual({ look: firstLook, startMs: 0 });
});

test('a filter that this viewer does not have is none', () => {
  expect(traceShown({ ...emptyTrace, lowPassHz: 33 }).look.filter.lowPassHz).toBeNull();
});
