import { useRef } from 'react';
import type { FrameStore } from '../frames/frame-store.ts';
import type { LoadedImage } from '../frames/loaded-image.ts';
import type { ViewerImage } from '../source/study-model.ts';

/**
 * The picture to draw: the wanted one when it is here, else the one before it of the same series, which is shown dimmed
 * while the wanted one arrives. What a tile shows is kept here, since the cache may drop it to make room.
 */
export function useLastLoaded(
  store: FrameStore,
  image: ViewerImage | undefined,
): { readonly loaded: LoadedImage | undefined; readonly isCurrent: boolean } {
  const last = useRef<LoadedImage | undefined>(undefined);
  const found = image && (store.get(image) ?? (last.current?.image.key === image.key ? last.current : undefined));
  if (found) last.current = found;
  else if (last.current?.image.ref.seriesUid !== image?.ref.seriesUid) last.current = undefined;
  return { loaded: last.current, isCurrent: found !== undefined };
}
