import { leaseSeconds } from '@lianzhen/contracts/worklist.ts';
import { useEffect, useRef, useState } from 'react';
import { type ApiErrorCode, asApiError } from '../../api/api-error.ts';
import { api } from '../../api/client.ts';
import { onLinkState, readLinkState } from '../../api/link-state.ts';
import type { Hold } from './desk-parts.ts';
import { LeaseKeeper, type LeaseState, leaseSpan } from './lease-keeper.ts';
import type { Kase } from './use-open-case.ts';

export interface Lease {
  /** none: one only looks; lost: it was held and is not any more. */
  state: 'none' | 'mine' | 'uncertain' | 'lost';
  hold: Hold | null;
  /** How long the case stays one's own without a sign of life. */
  spanMs: number;
  /** The case has just been claimed. */
  take: (kase: Kase) => void;
  lose: () => void;
  renew: () => Promise<void>;
  endHold: <T>(act: () => Promise<T>) => Promise<T>;
}
interface Held {
  state: Lease['state'];
  token: string | null;
  spanMs: number;
}

const usualMs = leaseSeconds * 1000;
const heldFrom = (kase: Kase): Held => ({
  state: kase.leaseToken ? 'mine' : 'none',
  token: kase.leaseToken,
  spanMs: leaseSpan(kase.holder?.until, usualMs, Date.now()),
});

/** One's hold of the open case: kept alive, and told apart from a loss when one ends it oneself. */
export function useLease(kase: Kase): Lease {
  const [held, setHeld] = useState<Held>(() => heldFrom(kase));
  const latest = useRef(kase);
  latest.current = kase;
  const ending = useRef(0);
  const lose = () => setHeld((now) => (now.state === 'none' ? now : { ...now, state: 'lost' }));

  // What the hub says of the case when it is read again: still mine, mine again, or not any more.
  const { id, leaseToken } = kase;
  useEffect(() => {
    if (ending.current > 0) return;
    setHeld((now) => {
      if (leaseToken) return leaseToken === now.token ? now : heldFrom(latest.current);
      return now.state === 'none' ? now : { ...now, state: 'lost' };
    });
  }, [leaseToken]);

  const isHeld = held.state === 'mine' || held.state === 'uncertain';
  const { token, spanMs } = held;
  const keeper = useKeeper(id, isHeld ? token : null, spanMs, (state) =>
    setHeld((now) => ({ ...now, state: state === 'held' ? 'mine' : state })),
  );

  const endHold = async <T>(act: () => Promise<T>): Promise<T> => {
    ending.current += 1;
    let hasEnded = false;
    try {
      const result = await act();
      hasEnded = true;
      setHeld((now) => ({ ...now, state: 'none', token: null }));
      return result;
    } finally {
      ending.current -= 1;
      if (!hasEnded && !latest.current.leaseToken) lose();
    }
  };
  const purpose = kase.holder?.purpose ?? (kase.state === 'reviewing' ? 'review' : 'read');
  return {
    state: held.state,
    hold: isHeld && token ? { token, purpose } : null,
    spanMs,
    take: (taken) => setHeld(heldFrom(taken)),
    lose,
    renew: async () => keeper.current?.check(),
    endHold,
  };
}

/** Beats for as long as there is a token, and at once when the page wakes up or the link is back. */
function useKeeper(id: string, token: string | null, leaseMs: number, onState: (state: LeaseState) => void) {
  const keeper = useRef<LeaseKeeper | undefined>(undefined);
  const tell = useRef(onState);
  tell.current = onState;
  useEffect(() => {
    if (!token) return;
    const kept = new LeaseKeeper({ beat: () => beat(id, token), leaseMs, onState: (state) => tell.current(state) });
    keeper.current = kept;
    const wake = () => {
      if (document.visibilityState === 'visible') void kept.check();
    };
    document.addEventListener('visibilitychange', wake);
    const stopLink = onLinkState(() => {
      if (readLinkState() === 'online') void kept.check();
    });
    return () => {
      document.removeEventListener('visibilitychange', wake);
      stopLink();
      kept.stop();
    };
  }, [token, id, leaseMs]);
  return keeper;
}

async function beat(id: string, leaseToken: string): Promise<ApiErrorCode | undefined> {
  try {
    await api.worklist.heartbeat({ id, leaseToken });
    return undefined;
  } catch (cause) {
    return asApiError(cause).code;
  }
}
