import { Spin } from 'antd';
import { lazy, Suspense } from 'react';

/** The one page before the log-in: who has no account enters a consultation with a number and a code. */
export const isGuestPage = window.location.pathname === '/guest';

const GuestScreen = lazy(async () => ({
  default: (await import('../features/consultation/room/guest-screen.tsx')).GuestScreen,
}));

export function GuestPage() {
  return (
    <Suspense fallback={<Spin fullscreen />}>
      <GuestScreen />
    </Suspense>
  );
}
