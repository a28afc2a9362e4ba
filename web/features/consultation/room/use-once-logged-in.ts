import { useEffect, useRef } from 'react';
import { useSession } from '../../../api/session.ts';

/** Whoever was out because his session was over, and has logged in again, goes on by himself. For pages behind the log-in. */
export function useOnceLoggedIn(isOut: boolean, again: () => void): void {
  const session = useSession();
  const latest = useRef({ isOut, again });
  latest.current = { isOut, again };
  const before = useRef(session);
  useEffect(() => {
    if (session === before.current) return;
    before.current = session;
    if (latest.current.isOut) latest.current.again();
  }, [session]);
}
