import { useEffect, useRef } from 'react';
import { chordOf, isTyping } from '../viewer/keys.ts';
import { commandOfChord, type EcgCommand } from './keys.ts';

/** Viewers on the page, the one that was used last at the end: keys go to that one alone. */
const open: symbol[] = [];

/**
 * Listens to keys wherever the focus is; never while something is typed in, and never for keys that mean something to
 * the element that has the focus.
 * @returns a function that makes this viewer the one the keys go to.
 */
export function useEcgKeys(run: (command: EcgCommand) => void): () => void {
  const me = useRef(Symbol('ecg')).current;
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    open.push(me);
    const pressed = (event: KeyboardEvent) => {
      if (open.at(-1) !== me || event.defaultPrevented || event.isComposing || isTyping(event.target)) return;
      const chord = chordOf(event);
      if (isForElement(event.target, chord)) return;
      const command = commandOfChord(chord);
      if (!command) return;
      event.preventDefault();
      latest.current(command);
    };
    window.addEventListener('keydown', pressed);
    return () => {
      window.removeEventListener('keydown', pressed);
      open.splice(open.indexOf(me), 1);
    };
  }, [me]);
  return () => {
    if (open.at(-1) !== me) open.push(...open.splice(open.indexOf(me), 1));
  };
}

/** Arrows walk through menus, tabs and points of a median beat; Enter presses a button. */
function isForElement(target: EventTarget | null, chord: string): boolean {
  if (!(target instanceof Element)) return false;
  if (/Arrow|Home|End|Delete|Backspace/.test(chord)) {
    return target.closest('[role="menu"], [role="slider"], [role="tablist"], [role="radiogroup"]') !== null;
  }
  return (chord === 'Space' || chord === 'Enter') && target.closest('button, a, [role="button"]') !== null;
}
