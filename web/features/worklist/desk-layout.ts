import { useState } from 'react';
import { z } from 'zod';

const Layout = z.object({
  reportWidth: z.number().min(300).max(1200).catch(420).default(420),
  hasReport: z.boolean().catch(true).default(true),
  hasCase: z.boolean().catch(false).default(false),
});
type DeskLayout = z.infer<typeof Layout>;

const key = 'lianzhen.desk.layout';

/** The layout as it was stored; what is not understood is as usual. On a wide screen the case stands beside by itself. */
export function readLayout(stored: string | null, isWide: boolean): DeskLayout {
  let parsed: unknown = {};
  try {
    parsed = JSON.parse(stored ?? '{}');
  } catch {
    // Somebody else's or a broken entry: the usual layout is better than none.
    parsed = {};
  }
  const usual = { hasCase: isWide };
  return Layout.parse(typeof parsed === 'object' && parsed !== null ? { ...usual, ...parsed } : usual);
}

/** The narrowest and widest a report may be on a desk of this width: the images keep the larger part. */
export const boundWidth = (width: number, deskWidth: number): number =>
  Math.round(Math.max(300, Math.min(width, Math.max(300, deskWidth * 0.6))));

/** How one has arranged the desk, kept on this machine. */
export function useDeskLayout() {
  const [layout, setLayout] = useState(() => readLayout(window.localStorage.getItem(key), window.innerWidth >= 1700));
  const change = (part: Partial<DeskLayout>) =>
    setLayout((now) => {
      const next = { ...now, ...part };
      window.localStorage.setItem(key, JSON.stringify(next));
      return next;
    });
  return { layout, change };
}
