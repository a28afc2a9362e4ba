import { Segmented } from 'antd';
import { type RefObject, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useEcgDesk } from '../desk.ts';
import { Strip } from './strip.tsx';
import { timeText } from './time-text.ts';

const zooms = { all: Number.POSITIVE_INFINITY, hour: 3_600_000, minutes: 600_000 } as const;
type StripZoom = keyof typeof zooms;

/** The whole recording as one strip, with the part that the picture shows; a click goes there. */
export function OverviewStrip() {
  const { clock, recording, say } = useEcgDesk();
  const { durationMs } = recording;
  const [zoom, setZoom] = useState<StripZoom>('all');
  const lastMs = useSyncExternalStore(clock.subscribe, () => clock.lastMs);
  const spanMs = Math.min(durationMs, zooms[zoom]);
  // Whole steps of half a strip: it stands still while one scrolls, and follows when one leaves it.
  const step = spanMs / 2;
  const fromMs = useSyncExternalStore(clock.subscribe, () =>
    spanMs >= durationMs ? 0 : Math.min(durationMs - spanMs, Math.floor(clock.startMs / step) * step),
  );
  const isLong = durationMs > zooms.minutes;
  const time = useRef<HTMLSpanElement>(null);
  useTimeOf(time);
  // What is all in the picture needs no map.
  if (lastMs === 0) return null;
  return (
    <div className="lze-overview" data-testid="ecg-overview">
      <Strip fromMs={fromMs} toMs={fromMs + spanMs} shownMs={durationMs - lastMs} />
      <span className="lze-time" data-testid="ecg-position">
        <span ref={time}>{timeText(clock.startMs)}</span> / {timeText(durationMs, !isLong)}
      </span>
      {isLong && (
        <Segmented<StripZoom>
          aria-label={say('strip.span')}
          size="small"
          value={zoom}
          onChange={setZoom}
          options={(['all', 'hour', 'minutes'] as const).map((value) => ({ value, label: say(`strip.${value}`) }))}
        />
      )}
    </div>
  );
}

/** Writes the time as it goes by, past React: it changes with every frame. */
function useTimeOf(element: RefObject<HTMLElement | null>): void {
  const { clock } = useEcgDesk();
  useEffect(
    () =>
      clock.subscribe(() => {
        const text = timeText(clock.startMs);
        if (element.current && element.current.textContent !== text) element.current.textContent = text;
      }),
    [clock, element],
  );
}
