import type { ImageCache } from '../frames/image-cache.ts';
import { type LoadedImage, memoryOf } from '../frames/loaded-image.ts';

/** A cache for tests: as strict about its capacity as the real one, and it drops the oldest. */
export function memoryCache(capacity: number): ImageCache & { ids: () => string[] } {
  const entries = new Map<string, LoadedImage>();
  const listeners = new Set<(id: string) => void>();
  const used = () => [...entries.values()].reduce((sum, image) => sum + memoryOf(image), 0);
  const remove = (id: string) => {
    if (entries.delete(id)) for (const listener of listeners) listener(id);
  };
  return {
    capacity,
    get: (id) => entries.get(id),
    put: (id, image) => {
      entries.set(id, image);
      while (used() > capacity) remove([...entries.keys()][0] as string);
    },
    remove,
    room: () => capacity - used(),
    onRemoved: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ids: () => [...entries.keys()],
  };
}
