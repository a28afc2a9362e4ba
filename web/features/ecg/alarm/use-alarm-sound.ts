import { useCallback, useEffect, useRef, useState } from 'react';
import { AlarmSound } from './alarm-sound.ts';

/** Sound while it rings. @returns whether the browser keeps it silent, and what a touch does about it */
export function useAlarmSound(isRinging: boolean): { isBlocked: boolean; unlock: () => void } {
  const [isBlocked, setBlocked] = useState(true);
  const sound = useRef<AlarmSound>(undefined);
  useEffect(() => {
    const made = new AlarmSound(setBlocked);
    sound.current = made;
    // Where the page was touched before (the log-in is on it), this is granted at once.
    made.unlock();
    const touched = () => {
      if (made.isBlocked) made.unlock();
    };
    window.addEventListener('pointerdown', touched, true);
    window.addEventListener('keydown', touched, true);
    return () => {
      window.removeEventListener('pointerdown', touched, true);
      window.removeEventListener('keydown', touched, true);
      made.close();
    };
  }, []);
  useEffect(() => {
    if (isRinging) sound.current?.start();
    else sound.current?.stop();
  }, [isRinging]);
  return { isBlocked, unlock: useCallback(() => sound.current?.unlock(), []) };
}
