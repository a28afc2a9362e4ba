import { useEffect, useState } from 'react';

/** The time, looked at again every `ms`: a page that says "in 12 minutes" must not stand still. */
export function useNow(ms = 30_000): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(new Date()), ms);
    return () => window.clearInterval(timer);
  }, [ms]);
  return now;
}
