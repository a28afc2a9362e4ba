import { useEffect } from 'react';
import type { Desk } from './desk.ts';

const againMs = 4000;
const mostTries = 15;

/**
 * Reads the study again while a tile is to show an image that it does not have: somebody who leads may see one that
 * arrived after this screen opened the study.
 */
export function useMissing({ company, state, places }: Desk, refresh: () => void): void {
  const isFollowing = company?.isFollowing === true;
  const missing = isFollowing
    ? state.viewports.find(({ sopInstanceUid }, i) => sopInstanceUid && !places[i])
    : undefined;
  const uid = missing?.sopInstanceUid;
  useEffect(() => {
    if (!uid) return;
    let tries = 1;
    refresh();
    const timer = setInterval(() => {
      if (++tries >= mostTries) clearInterval(timer);
      refresh();
    }, againMs);
    return () => clearInterval(timer);
  }, [uid, refresh]);
}
