import cornerstone from 'cornerstone-core/dist/cornerstone.min.js';
import type { ImageCache } from '../frames/image-cache.ts';
import type { LoadedImage } from '../frames/loaded-image.ts';
import { cornerstoneImage } from './cornerstone-image.ts';

const mebibyte = 2 ** 20;

/** An eighth of the machine's memory, as far as the browser tells: never more than a tab can hold. */
export function cacheCapacity(deviceMemoryGigabytes: number | undefined): number {
  const eighth = ((deviceMemoryGigabytes ?? 4) * 1024) / 8;
  return Math.min(1024, Math.max(256, eighth)) * mebibyte;
}

/** A load object of cornerstone that also hands out our frame without waiting for its promise. */
interface Entry {
  readonly promise: Promise<ReturnType<typeof cornerstoneImage>>;
  readonly loaded: LoadedImage;
}

let cache: ImageCache | undefined;

/** The page's one cache: cornerstone's, with a cap in bytes; it drops the least recently used frames itself. */
export function browserCache(): ImageCache {
  cache ??= createCache(cacheCapacity((navigator as { deviceMemory?: number }).deviceMemory));
  return cache;
}

function createCache(capacity: number): ImageCache {
  const { imageCache, events, EVENTS } = cornerstone;
  imageCache.setMaximumSizeBytes(capacity);
  const entry = (id: string) => imageCache.getImageLoadObject(id) as Entry | undefined;
  return {
    capacity,
    get: (id) => entry(id)?.loaded,
    put: (id, loaded) => {
      if (entry(id)) imageCache.removeImageLoadObject(id);
      const made: Entry = { promise: Promise.resolve(cornerstoneImage(loaded, loaded.image.key)), loaded };
      imageCache.putImageLoadObject(id, made);
    },
    remove: (id) => {
      if (entry(id)) imageCache.removeImageLoadObject(id);
    },
    room: () => capacity - imageCache.getCacheInfo().cacheSizeInBytes,
    onRemoved: (listener) => {
      const changed = (event: CustomEvent) => {
        const { action, image } = event.detail as { action: string; image: { imageId: string } };
        if (action === 'deleteImage') listener(image.imageId);
      };
      events.addEventListener(EVENTS.IMAGE_CACHE_CHANGED, changed);
      return () => events.removeEventListener(EVENTS.IMAGE_CACHE_CHANGED, changed);
    },
  };
}
