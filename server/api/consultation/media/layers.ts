import type { ReceivingStep, Source } from '@lianzhen/contracts/room-signals.ts';

/** What of a picture somebody gets: nothing, a frame now and then, or layers of the moving picture. */
export type Plan =
  | { kind: 'off'; because: 'step' | 'tile' }
  | { kind: 'still' }
  | { kind: 'moving'; spatialLayer: number; temporalLayer: number };

const top = 2;
/** A camera's layers are a quarter, half and all of 1280: a layer may be stretched a little before the next one is sent. */
const widestForLayer = [400, 800];

/**
 * The part of one video that one receiver gets.
 * @param tileWidth in device pixels; 0 is out of sight, undefined is not yet said
 */
export function planFor(source: Source, tileWidth: number | undefined, step: ReceivingStep): Plan {
  if (tileWidth === 0) return { kind: 'off', because: 'tile' };
  if (step === 'audio') return { kind: 'off', because: 'step' };
  // A screen in motion is the dearest picture and the least needed: the medical picture does not travel in it.
  if (step === 'stills') return { kind: 'still' };
  if (step === 'thumbnails')
    return source === 'screen' ? { kind: 'still' } : { kind: 'moving', spatialLayer: 0, temporalLayer: 1 };
  // What is read has to be sharp, whatever the size of its tile.
  if (source === 'screen') return { kind: 'moving', spatialLayer: top, temporalLayer: top };
  const wide = tileWidth ?? 0;
  const fitting = widestForLayer.findIndex((most) => wide <= most);
  return { kind: 'moving', spatialLayer: fitting === -1 ? top : fitting, temporalLayer: top };
}

/** Who goes first when there is too little for all: what is shown to the expert before faces. */
export const priorityOf = (source: Source): number => ({ screen: 3, examination: 2, camera: 1, microphone: 1 })[source];
