import type { PictureEvent } from '@lianzhen/contracts/consultation-pictures.ts';
import { expect, test } from 'vitest';
import { pictureLines } from './picture-lines.ts';

const place = (series: string, imageNumber: number, frame = 1) => ({
  studyInstanceUid: '1',
  seriesInstanceUid: series,
  sopInstanceUid: `${series}.${imageNumber}`,
  frame,
  seriesNumber: 3,
  seriesDescription: '肺窗',
  imageNumber,
  isTrace: false,
});
const events = (...whats: PictureEvent['what'][]): PictureEvent[] =>
  whats.map((what, at) => ({ seq: at + 1, at: `2026-11-22T06:00:0${at}.000Z`, byName: '李主任', what }));
const marked = (markId: string, imageNumber: number): PictureEvent['what'] => ({
  kind: 'marked',
  markId,
  markKind: 'length',
  text: '',
  values: [],
  place: place('a', imageNumber),
});

test('looks one after another in a series are one line, each image once', () => {
  const lines = pictureLines(
    events(
      { kind: 'looked', place: place('a', 1) },
      { kind: 'looked', place: place('a', 9) },
      { kind: 'looked', place: place('a', 1) },
      { kind: 'looked', place: place('b', 4, 7) },
    ),
  );
  expect(lines).toMatchObject([
    { seq: 1, images: ['1', '9'] },
    { seq: 4, images: ['4/7'] },
  ]);
});

test('a mark stands where it was last drawn, and says when it was taken away', () => {
  const lines = pictureLines(events(marked('x', 1), marked('y', 2), marked('x', 3), { kind: 'unmarked', markId: 'y' }));
  expect(lines).toMatchObject([
    { seq: 2, kind: 'marked', isGone: true },
    { seq: 3, kind: 'marked', isGone: false, place: { imageNumber: 3 } },
  ]);
});

test('who led and the moment of the opinion keep their place', () => {
  const lines = pictureLines(events({ kind: 'lead', toName: '王医生' }, { kind: 'opinion', versionNumber: 1 }));
  expect(lines).toMatchObject([
    { kind: 'lead', toName: '王医生' },
    { kind: 'opinion', versionNumber: 1 },
  ]);
});
