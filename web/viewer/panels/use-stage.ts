import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { LoadedImage } from '../frames/loaded-image.ts';
import { type Frame, fitScale } from '../measure/view-transform.ts';
import { createStage, stagePixelRatio } from '../stage/cornerstone-stage.ts';
import type { Stage } from '../stage/stage.ts';
import type { ViewportState } from '../state.ts';
import { currentVoi, type WindowChoice } from '../voi/current-voi.ts';
import { type Ramp, ramp } from '../voi/ramp.ts';
import type { TileSize } from './use-tile-size.ts';

/** Modality transform and window of a picture as one ramp; colour has no modality transform. */
export function rampOf(loaded: LoadedImage, look: WindowChoice): Ramp {
  const voi = currentVoi(loaded, look);
  if (loaded.display) return ramp(loaded.display, loaded.modality, voi);
  return voi.kind === 'window' ? { kind: 'line', center: voi.center, width: voi.width } : colourRamp;
}

const colourRamp: Ramp = { kind: 'line', center: 127.5, width: 255 };

interface StageInput {
  readonly element: RefObject<HTMLElement | null>;
  readonly size: TileSize;
  readonly frame: Frame | null;
  readonly loaded: LoadedImage | undefined;
  readonly viewport: ViewportState;
  readonly showsOverlays: boolean;
  readonly onDrawn: (key: string) => void;
}

/** Keeps the canvas of a tile in step with what the tile is to show. */
export function useStage({ element, size, frame, loaded, viewport, showsOverlays, onDrawn }: StageInput): void {
  const [stage, setStage] = useState<Stage | null>(null);
  const tell = useRef(onDrawn);
  tell.current = onDrawn;

  useEffect(() => {
    if (!element.current) return;
    const opened = createStage(element.current, (key) => tell.current(key));
    setStage(opened);
    return () => {
      opened.close();
      setStage(null);
    };
  }, [element]);

  // A table of sixteen bits is worth keeping while one only pans and zooms.
  const { windowCenter, windowWidth, fileVoi } = viewport;
  const shownRamp = useMemo(
    () => (loaded ? rampOf(loaded, { windowCenter, windowWidth, fileVoi }) : null),
    [loaded, windowCenter, windowWidth, fileVoi],
  );

  useLayoutEffect(() => {
    if (stage && size.width > 0) stage.resize(size.width, size.height, size.pixelRatio);
  }, [stage, size]);

  useLayoutEffect(() => {
    if (!stage || !loaded || !frame || !shownRamp) return;
    stage.show(loaded, {
      ramp: shownRamp,
      invert: viewport.invert,
      scale: viewport.scale * fitScale(frame, viewport.rotation) * stagePixelRatio(),
      translation: viewport.translation,
      rotation: viewport.rotation,
      hflip: viewport.hflip,
      vflip: viewport.vflip,
      aspect: frame.aspect,
      showsOverlays,
    });
  }, [stage, loaded, frame, shownRamp, viewport, showsOverlays]);
}
