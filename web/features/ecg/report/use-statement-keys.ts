import { useEffect, useRef, useState } from 'react';

const typesText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.role === 'combobox');
const isForElement = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, a, [role="button"], [role="tab"], label') !== null;
const isUnderDialog = () => document.querySelector('.ant-modal-wrap:not([style*="display: none"])') !== null;

/** The letter or digit by its place on the keyboard: an input method for Chinese hides the letter. */
const letterOf = ({ code }: KeyboardEvent): string | undefined => {
  const place = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(code);
  return (place?.[1] ?? place?.[2])?.toLowerCase();
};

export interface StatementKeys {
  isOn: boolean;
  /** `n`: a normal electrocardiogram. */
  normal: () => void;
  /** A key of the library. */
  say: (letter: string) => void;
  undo: () => void;
  search: () => void;
  compare: () => void;
}

/**
 * Keys of the conclusion. `n` and `/` work by themselves; Space opens the keyboard for sentences, in which every letter is
 * a sentence and the viewer has none of them, until Space or Esc ends it. Nothing fires while one types.
 * @returns whether the keyboard for sentences is open, and how to open and end it
 */
export function useStatementKeys(keys: StatementKeys): [boolean, (isOpen: boolean) => void] {
  const [isOpen, setOpen] = useState(false);
  const latest = useRef({ keys, isOpen });
  latest.current = { keys, isOpen: isOpen && keys.isOn };
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const now = latest.current;
      if (!now.keys.isOn || event.defaultPrevented || event.isComposing || isUnderDialog()) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.code === 'F4') return take(event, now.keys.compare);
      if (typesText(event.target)) return;
      const act = now.isOpen ? openAct(event, now.keys, setOpen) : plainAct(event, now.keys, setOpen);
      if (act) take(event, act);
    };
    // Before the page and the viewer, which have other uses for the same letters.
    window.addEventListener('keydown', pressed, true);
    return () => window.removeEventListener('keydown', pressed, true);
  }, []);
  return [isOpen && keys.isOn, setOpen];
}

function take(event: KeyboardEvent, act: () => void): void {
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!event.repeat) act();
}

type Act = (() => void) | undefined;

function plainAct(event: KeyboardEvent, keys: StatementKeys, setOpen: (isOpen: boolean) => void): Act {
  if (letterOf(event) === 'n' && !event.shiftKey) return keys.normal;
  if (event.key === '/') return keys.search;
  return event.code === 'Space' && !isForElement(event.target) ? () => setOpen(true) : undefined;
}

function openAct(event: KeyboardEvent, keys: StatementKeys, setOpen: (isOpen: boolean) => void): Act {
  if (event.code === 'Space' || event.key === 'Escape') return () => setOpen(false);
  if (event.key === 'Backspace') return keys.undo;
  if (event.key === '/') return keys.search;
  const letter = letterOf(event);
  return letter === undefined ? undefined : () => keys.say(letter);
}
