import { type KeyboardEvent, type PointerEvent, useRef } from 'react';

interface SplitterProps {
  label: string;
  /** Width of what stands to the right, in pixels. */
  width: number;
  onWidth: (width: number) => void;
}

const step = 24;

/** The edge between images and report: dragged, or moved with the arrow keys. */
export function Splitter({ label, width, onWidth }: SplitterProps) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width };
  };
  const move = (event: PointerEvent<HTMLDivElement>) => {
    if (start.current) onWidth(start.current.width + start.current.x - event.clientX);
  };
  const key = (event: KeyboardEvent<HTMLDivElement>) => {
    const way = event.key === 'ArrowLeft' ? step : event.key === 'ArrowRight' ? -step : 0;
    if (way === 0) return;
    // The viewer leafs through series with these keys, unless they are taken here.
    event.preventDefault();
    onWidth(width + way);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be dragged; this is the separator widget of ARIA.
    <div
      className="desk-splitter"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      tabIndex={0}
      title={label}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={() => {
        start.current = null;
      }}
      onKeyDown={key}
    />
  );
}
