import { type FocusEvent, useEffect, useRef, useState } from 'react';

/** A pointer that has rested this long points at nothing any more: its hand has left. */
const idleMs = 20_000;

/**
 * Whether somebody points at the list, with a pointer that has moved within it or with keys: only then must its rows
 * stay where they are.
 */
export function useHold() {
  const [isHeld, setHeld] = useState(false);
  const timer = useRef(0);
  const letGo = () => {
    window.clearTimeout(timer.current);
    setHeld(false);
  };
  const touch = () => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setHeld(false), idleMs);
    setHeld(true);
  };
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const parts = {
    onPointerMove: touch,
    onPointerLeave: letGo,
    onKeyDown: touch,
    onFocus: touch,
    onBlur: (event: FocusEvent<HTMLElement>) => {
      if (!event.currentTarget.contains(event.relatedTarget)) letGo();
    },
  };
  return { isHeld, letGo, parts };
}
