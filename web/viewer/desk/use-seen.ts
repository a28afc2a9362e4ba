import { useCallback, useEffect, useRef, useState } from 'react';
import { nothingSeen, type Seen, seePartsOf } from './seen.ts';

const tellMs = 300;

/** What has been on screen so far. It changes with every frame leafed through, so the page is told now and then only. */
export function useSeen(): [Seen, (key: string, parts: number) => void] {
  const [told, tell] = useState<Seen>(nothingSeen);
  const now = useRef<Seen>(nothingSeen);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const see = useCallback((key: string, parts: number) => {
    const after = seePartsOf(now.current, key, parts);
    if (after === now.current) return;
    now.current = after;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      tell(now.current);
    }, tellMs);
  }, []);
  return [told, see];
}
