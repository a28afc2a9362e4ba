import { type Action, type Role, rolesMay } from '@lianzhen/contracts/access.ts';
import type { SessionView } from '@lianzhen/contracts/identity.ts';
import { createContext, useContext } from 'react';

/** Who is logged in. Present on every page behind the log-in. */
export const SessionContext = createContext<SessionView | undefined>(undefined);

export function useSession(): SessionView {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession is used outside the log-in gate');
  return session;
}

export const rolesOf = (session: SessionView): Role[] => [...new Set(session.seats.flatMap((seat) => seat.roles))];

/** Whether the session may do this in any of its facilities. Only hides what would be refused; the hub decides. */
export const mayIn = (session: SessionView, action: Action): boolean => rolesMay(rolesOf(session), action);

/** The facilities in which the session may do this. */
export const seatsFor = (session: SessionView, action: Action): SessionView['seats'] =>
  session.seats.filter((seat) => rolesMay(seat.roles, action));

export function useMay(): (action: Action) => boolean {
  const session = useSession();
  return (action) => mayIn(session, action);
}
