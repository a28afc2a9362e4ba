import { useState } from 'react';
import { useSession } from '../api/session.ts';

/**
 * Text that is typed and not sent yet. It waits in this tab while one looks elsewhere, for who typed it alone; setting it
 * to nothing forgets it.
 * @param name of what it belongs to
 */
export function useKeptText(name: string): [string, (text: string) => void] {
  const { accountId } = useSession();
  const key = `lianzhen.text.${accountId}.${name}`;
  const [typed, setTyped] = useState<{ key: string; text: string }>();
  // The page may go over to another of its kind without being made anew.
  const text = typed?.key === key ? typed.text : (window.sessionStorage.getItem(key) ?? '');
  const keep = (next: string) => {
    setTyped({ key, text: next });
    if (next) window.sessionStorage.setItem(key, next);
    else window.sessionStorage.removeItem(key);
  };
  return [text, keep];
}
