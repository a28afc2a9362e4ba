import { useEffect } from 'react';

const everyMs = 1000;

/** The title of the page in turn with what must be noticed in another window; as it was once there is nothing more. */
export function useTitleFlash(text: string | undefined): void {
  useEffect(() => {
    if (text === undefined) return;
    const before = document.title;
    document.title = text;
    const timer = window.setInterval(() => {
      document.title = document.title === text ? before : text;
    }, everyMs);
    return () => {
      window.clearInterval(timer);
      document.title = before;
    };
  }, [text]);
}
