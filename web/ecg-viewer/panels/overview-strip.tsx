import { Segmented } from 'antd';
import { type PointerEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useEcgDesk } from '../desk.ts';
import { inks } from '../stage/colours.ts';
import type { Columns } from '../stage/overview-data.ts';
import { useSize } from '../stage/use-size.ts';
import { timeText } from './time-text.ts';
import { useOverview } from './use-overview.ts';

const zooms = { all: Number.POSITIVE_INFINITY, hour: 3_600_000, minutes: 600_000 } as const;
type StripZoom = keyof typeof zooms;

/** The whole recording as one strip, with the part that the picture shows; a click goes there. */
export function OverviewStrip() {
  const { clock, recording, say } = useEcgDesk();
  const { durationMs } = recording;
  const lastMs = useSyncExternalStore(clock.subscribe, () => clock.lastMs);
  const [zoom, setZoom] = useState<StripZoom>('all');
  const startMs = useSyncExternalStore(clock.subscribe, () => clock.startMs);
  const shownMs = durationMs - lastMs;
  const spanMs = Math.min(durationMs, zooms[zoom]);
  // Whole steps of half a strip: it stands still while one scrolls, and follows when one leaves it.
  const step = spanMs / 2;
  const fromMs = spanMs >= durationMs ? 0 : Math.min(durationMs - spanMs, Math.floor(startMs / step) * step);
  const isLong = durationMs > zooms.minutes;
  // What is all in the picture needs no map.
  if (lastMs === 0) return null;
  return (
    <div className="lze-overview" data-testid="ecg-overview">
      <Strip fromMs={fromMs} toMs={fromMs + spanMs} startMs={startMs} shownMs={shownMs} />
      <span className="lze-time" data-testid="ecg-position">
        {timeText(startMs)} / {timeText(durationMs, !isLong)}
      </span>
      {isLong && (
        <Segmented<StripZoom>
          size="small"
          value={zoom}
          onChange={setZoom}
          options={(['all', 'hour', 'minutes'] as const).map((value) => ({ value, label: say(`strip.${value}`) }))}
        />
      )}
    </div>
  );
}

interface StripProps {
  readonly fromMs: number;
  readonly toMs: number;
  readonly startMs: number;
  readonly shownMs: number;
}

function Strip({ fromMs, toMs, startMs, shownMs }: StripProps) {
  const { clock, say } = useEcgDesk();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = useSize(frame);
  const columns = useOverview(fromMs, toMs, Math.max(1, width));
  useEffect(() => {
    if (canvas.current && columns) paintColumns(canvas.current, columns, width, height);
  }, [columns, width, height]);
  const go = (event: PointerEvent) => {
    if (event.buttons === 0) return;
    const { left, width: all } = event.currentTarget.getBoundingClientRect();
    const at = fromMs + ((event.clientX - left) / all) * (toMs - fromMs);
    clock.scrollTo(at - shownMs / 2);
  };
  const percent = (ms: number) => `${(100 * ms) / (toMs - fromMs)}%`;
  return (
    <div
      ref={frame}
      className="lze-strip"
      role="slider"
      tabIndex={0}
      aria-label={say('position')}
      aria-valuemin={0}
      aria-valuemax={Math.round(clock.lastMs)}
      aria-valuenow={Math.round(startMs)}
      aria-valuetext={timeText(startMs)}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
        if (!by) return;
        event.preventDefault();
        clock.scrollBy((by * (toMs - fromMs)) / 100);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={go}
    >
      <canvas ref={canvas} />
      <i style={{ left: percent(startMs - fromMs), width: percent(shownMs) }} />
    </div>
  );
}

function paintColumns(canvas: HTMLCanvasElement, columns: Columns, width: number, height: number): void {
  canvas.width = width;
  canvas.height = height;
  const painter = canvas.getContext('2d');
  if (!painter) return;
  const known = columns.filter((uv) => !Number.isNaN(uv));
  const low = known.reduce((least, uv) => Math.min(least, uv), Number.POSITIVE_INFINITY);
  const high = known.reduce((most, uv) => Math.max(most, uv), Number.NEGATIVE_INFINITY);
  const scale = (height - 4) / Math.max(1, high - low);
  painter.fillStyle = inks.curve;
  for (let x = 0; x * 2 + 1 < columns.length; x++) {
    const top = 2 + (high - (columns[2 * x + 1] as number)) * scale;
    const bottom = 2 + (high - (columns[2 * x] as number)) * scale;
    // NaN draws nothing.
    painter.fillRect(x, top, 1, Math.max(1, bottom - top));
  }
}
