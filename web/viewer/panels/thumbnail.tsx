import { WarningOutlined } from '@ant-design/icons';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useDesk } from '../desk/desk.ts';
import type { LoadedImage } from '../frames/loaded-image.ts';
import { pixelAspect } from '../measure/calibration.ts';
import { fitScale } from '../measure/view-transform.ts';
import type { ViewerImage } from '../source/study-model.ts';
import { drawThumbnail } from '../stage/cornerstone-stage.ts';
import { freshLook } from '../state.ts';
import { rampOf } from './use-stage.ts';

const side = 160;

/** A small picture of a frame, drawn once when the frame is here; it stays when the frame leaves the cache. */
export function Thumbnail({ image }: { readonly image: ViewerImage }) {
  const { store } = useDesk();
  useSyncExternalStore(store.subscribe, store.version);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawnKey, setDrawnKey] = useState('');
  const loaded = drawnKey === image.key ? undefined : store.get(image);
  useEffect(() => {
    if (!loaded || !canvas.current) return;
    draw(canvas.current, loaded);
    setDrawnKey(loaded.image.key);
  }, [loaded]);
  const hasFailed = drawnKey !== image.key && store.problem(image) !== undefined;
  return (
    <span className="lzv-thumbnail">
      <canvas ref={canvas} width={side} height={side} />
      {hasFailed && <WarningOutlined aria-hidden />}
    </span>
  );
}

function draw(canvas: HTMLCanvasElement, loaded: LoadedImage): void {
  const { columns, rows } = loaded.picture;
  const frame = { columns, rows, aspect: pixelAspect(loaded.image.header), width: side, height: side };
  drawThumbnail(canvas, loaded, {
    ...freshLook,
    ramp: rampOf(loaded, freshLook),
    scale: fitScale(frame, 0),
    aspect: frame.aspect,
    showsOverlays: false,
  });
}
