import { expect, test } from 'vitest';
import { viewerStudy } from '../test-kit/formats.ts';
import { openStudy } from './open-study.ts';
import type { StudySource } from './study-source.ts';

function sourceOf(load: StudySource['load']): StudySource & { asked: () => number } {
  let asked = 0;
  return {
    load: (signal) => {
      asked++;
      return load(signal);
    },
    frame: () => Promise.reject(new Error('not asked for')),
    asked: () => asked,
  };
}

const untilAborted: StudySource['load'] = (signal) =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

test('a study is asked for once, however many wait for it', async () => {
  const study = viewerStudy([]);
  const source = sourceOf(async () => study);
  const signal = new AbortController().signal;
  expect(await Promise.all([openStudy(source, signal), openStudy(source, signal)])).toEqual([study, study]);
  expect(source.asked()).toBe(1);
});

test('who gives up does not take the study from the others', async () => {
  let arrive = (_: ReturnType<typeof viewerStudy>) => {};
  const source = sourceOf(() => new Promise((resolve) => (arrive = resolve)));
  const impatient = new AbortController();
  const lost = openStudy(source, impatient.signal);
  const kept = openStudy(source, new AbortController().signal);
  impatient.abort();
  await expect(lost).rejects.toMatchObject({ name: 'AbortError' });
  arrive(viewerStudy([]));
  expect((await kept).studyUid).toBe('1');
});

test('the request ends when the last one has given up, and the next one asks anew', async () => {
  const source = sourceOf(untilAborted);
  const controller = new AbortController();
  const lost = openStudy(source, controller.signal);
  controller.abort();
  const again = openStudy(source, new AbortController().signal);
  await expect(lost).rejects.toMatchObject({ name: 'AbortError' });
  expect(source.asked()).toBe(2);
  again.catch(() => {});
});

test('a failure is forgotten', async () => {
  let count = 0;
  const source = sourceOf(async () => {
    if (++count === 1) throw new Error('lost');
    return viewerStudy([]);
  });
  const signal = new AbortController().signal;
  await expect(openStudy(source, signal)).rejects.toThrow('lost');
  expect((await openStudy(source, signal)).studyUid).toBe('1');
});
