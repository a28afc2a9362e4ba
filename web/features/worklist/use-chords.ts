import { useEffect, useRef } from 'react';

/** A key with its modifiers, by its place on the keyboard, because an input method hides the letter: `Alt+KeyN`, `F1`. */
const chordOf = (event: Pick<KeyboardEvent, 'altKey' | 'ctrlKey' | 'metaKey' | 'code'>): string =>
  `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.code}`;

/** Keys that work while one types, too: each has a modifier or is a function key. */
export function useChords(chords: Record<string, () => void>): void {
  const latest = useRef(chords);
  latest.current = chords;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      const act = latest.current[chordOf(event)];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
