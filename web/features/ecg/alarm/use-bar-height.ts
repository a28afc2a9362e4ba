import { type RefCallback, useCallback } from 'react';

/** Tells the pages that fill the window how much of it the alarms take. */
export function useBarHeight(): RefCallback<HTMLElement> {
  return useCallback((bar: HTMLElement | null) => {
    if (!bar) return;
    const { style } = document.documentElement;
    const watcher = new ResizeObserver(() => style.setProperty('--alarms', `${bar.offsetHeight}px`));
    watcher.observe(bar);
    return () => {
      watcher.disconnect();
      style.removeProperty('--alarms');
    };
  }, []);
}
