import type { ViewerStudy } from './study-model.ts';
import type { StudySource } from './study-source.ts';

interface Opening {
  readonly study: Promise<ViewerStudy>;
  readonly controller: AbortController;
  waiting: number;
}

const openings = new WeakMap<StudySource, Opening>();

/**
 * The study of a source, asked for once however many wait for it: the viewer takes over what a prefetch has begun. A
 * failure is forgotten, so that the next call asks again; the request is aborted when the last one who waits gives up.
 * @param isAnew asks again even when it is here: images may have arrived since.
 */
export function openStudy(source: StudySource, signal: AbortSignal, isAnew = false): Promise<ViewerStudy> {
  signal.throwIfAborted();
  if (isAnew) openings.delete(source);
  const opening = openings.get(source) ?? begin(source);
  opening.waiting++;
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      if (--opening.waiting === 0) forget(source, opening);
      reject(signal.reason);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    // Once the study is here there is nothing left to give up.
    const done = () => signal.removeEventListener('abort', giveUp);
    opening.study.then(resolve, reject).finally(done);
  });
}

function begin(source: StudySource): Opening {
  const controller = new AbortController();
  const opening: Opening = { study: source.load(controller.signal), controller, waiting: 0 };
  openings.set(source, opening);
  opening.study.catch(() => forget(source, opening));
  return opening;
}

function forget(source: StudySource, opening: Opening): void {
  if (openings.get(source) === opening) openings.delete(source);
  opening.controller.abort();
}
