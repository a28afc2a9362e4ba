import { type PointerEvent, useEffect, useRef } from 'react';
import { useEcgDesk } from '../desk.ts';
import { inks } from '../stage/colours.ts';
import type { Columns } from '../stage/overview-data.ts';
import { useSize } from '../stage/use-size.ts';
import { timeText } from './time-text.ts';
import { useOverview } from './use-overview.ts';

interface StripProps {
  readonly fromMs: number;
  readonly toMs: number;
  readonly shownMs: number;
}

/** A stretch of the recording from its lowest and highest values, with the part that the picture shows. */
export function Strip({ fromMs, toMs, shownMs }: StripProps) {
  const { clock, say } = useEcgDesk();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = useRef<HTMLElement>(null);
  const { width, height } = useSize(frame);
  const columns = useOverview(fromMs, toMs, Math.max(1, width));
  useEffect(() => {
    if (canvas.current && columns) paintColumns(canvas.current, columns, width, height);
  }, [columns, width, height]);
  useEffect(() => {
    // Past React: it moves with every frame while one scrolls.
    const follow = () => {
      const left = ((clock.startMs - fromMs) / (toMs - fromMs)) * width;
      if (shown.current) shown.current.style.transform = `translateX(${left}px)`;
      frame.current?.setAttribute('aria-valuenow', String(Math.round(clock.startMs)));
      frame.current?.setAttribute('aria-valuetext', timeText(clock.startMs));
    };
    follow();
    return clock.subscribe(follow);
  }, [clock, fromMs, toMs, width]);
  const go = (event: PointerEvent) => {
    if (event.buttons === 0) return;
    const { left, width: all } = event.currentTarget.getBoundingClientRect();
    const at = fromMs + ((event.clientX - left) / all) * (toMs - fromMs);
    clock.scrollTo(at - shownMs / 2);
  };
  return (
    <div
      ref={frame}
      className="lze-strip"
      role="slider"
      tabIndex={0}
      aria-label={say('position')}
      aria-valuemin={0}
      aria-valuemax={Math.round(clock.lastMs)}
      aria-valuenow={Math.round(clock.startMs)}
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
      <i ref={shown} style={{ width: `${(100 * shownMs) / (toMs - fromMs)}%` }} />
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
