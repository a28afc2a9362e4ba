import { useCallback, useRef, useState } from 'react';

interface SeenSeries {
  whole: number;
  all: number;
}

/** How many series of the case were on screen in full. Told again only when that number changes. */
export function useSeen() {
  const percents = useRef(new Map<string, Readonly<Record<string, number>>>()).current;
  const [seen, setSeen] = useState<SeenSeries | null>(null);
  const tell = useCallback(
    (studyUid: string, percentBySeries: Readonly<Record<string, number>>) => {
      percents.set(studyUid, percentBySeries);
      const all = [...percents.values()].flatMap((series) => Object.values(series));
      const whole = all.filter((percent) => percent >= 100).length;
      setSeen((now) => (now?.whole === whole && now.all === all.length ? now : { whole, all: all.length }));
    },
    [percents],
  );
  return { seen, tell };
}
