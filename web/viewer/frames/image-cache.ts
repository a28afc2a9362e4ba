import type { LoadedImage } from './loaded-image.ts';

/** Decoded frames of every viewer on the page, bounded by bytes; the least recently used leave first. */
export interface ImageCache {
  get(id: string): LoadedImage | undefined;
  put(id: string, image: LoadedImage): void;
  remove(id: string): void;
  /** Bytes that can be added before something has to leave. */
  room(): number;
  readonly capacity: number;
  /** Tells which frame has left, whoever caused it. */
  onRemoved(listener: (id: string) => void): () => void;
}

/** One study's frames are kept while any viewer or prefetch of the page holds the study. */
const holders = new Map<string, number>();

export function hold(studyUid: string): void {
  holders.set(studyUid, (holders.get(studyUid) ?? 0) + 1);
}

/** @returns true when nobody holds the study any more, so that its frames have to go. */
export function letGo(studyUid: string): boolean {
  const left = (holders.get(studyUid) ?? 1) - 1;
  if (left > 0) holders.set(studyUid, left);
  else holders.delete(studyUid);
  return left <= 0;
}
