import { type RefObject, useLayoutEffect, useState } from 'react';

export interface TileSize {
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

/** The size of a tile in pixels of the page, and how many device pixels each has; zero before it is laid out. */
export function useTileSize(element: RefObject<HTMLElement | null>): TileSize {
  const [size, setSize] = useState<TileSize>({ width: 0, height: 0, pixelRatio: 1 });
  useLayoutEffect(() => {
    const tile = element.current;
    if (!tile) return;
    const measure = () => {
      const next = { width: tile.clientWidth, height: tile.clientHeight, pixelRatio: window.devicePixelRatio || 1 };
      setSize((known) =>
        known.width === next.width && known.height === next.height && known.pixelRatio === next.pixelRatio
          ? known
          : next,
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(tile);
    // Moving the window to another monitor changes the ratio without changing the size.
    window.addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [element]);
  return size;
}
