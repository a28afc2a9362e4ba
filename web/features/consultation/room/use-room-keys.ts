import { useEffect, useRef } from 'react';

/**
 * Keys of the room, held with Alt so that none is taken from the viewer, which has the plain letters, or from what one
 * types. The letter is that of the key's place, since Alt changes what is typed on some keyboards.
 */
export function useRoomKeys(keys: Record<string, () => void>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat) return;
      const act = latest.current[event.code.replace('Key', '').toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
