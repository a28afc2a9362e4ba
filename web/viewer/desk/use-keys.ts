import { useEffect, useRef } from 'react';
import { chordOf, commandOf, isTyping, type KeyTable, type ViewerCommand } from '../keys.ts';

/** Viewers on the page, the one that was used last at the end: keys go to that one alone. */
const viewers: symbol[] = [];

/**
 * Listens to keys wherever the focus is, since a reader's focus is nowhere; never while something is typed in, and
 * never for keys that mean something to the element that has the focus.
 * @returns a function that makes this viewer the one the keys go to.
 */
export function useKeys(keys: KeyTable, run: (command: ViewerCommand) => void): () => void {
  const me = useRef(Symbol('viewer')).current;
  const latest = useRef({ keys, run });
  latest.current = { keys, run };

  useEffect(() => {
    viewers.push(me);
    const pressed = (event: KeyboardEvent) => {
      if (viewers.at(-1) !== me || event.defaultPrevented || event.isComposing || isTyping(event.target)) return;
      const chord = chordOf(event);
      if (isForButton(event.target, chord)) return;
      const command = commandOf(latest.current.keys, chord);
      if (!command) return;
      event.preventDefault();
      latest.current.run(command);
    };
    window.addEventListener('keydown', pressed);
    return () => {
      window.removeEventListener('keydown', pressed);
      viewers.splice(viewers.indexOf(me), 1);
    };
  }, [me]);

  return () => {
    if (viewers.at(-1) !== me) viewers.push(...viewers.splice(viewers.indexOf(me), 1));
  };
}

/** Space presses a button that has the focus, and arrows walk through menus. */
function isForButton(target: EventTarget | null, chord: string): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest('[role="menu"], [role="slider"], [role="tablist"]')) return true;
  return (chord === 'Space' || chord === 'Enter') && target.closest('button, a, [role="button"]') !== null;
}
