import { useRouterState } from '@tanstack/react-router';

/** Whether this page is the consultation's room: the way into it need not be offered there. */
export const useInRoom = (consultationId: string | null): boolean =>
  useRouterState({
    select: ({ location }) => consultationId !== null && location.pathname === `/consultations/${consultationId}/room`,
  });
