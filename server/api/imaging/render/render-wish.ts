import { HubError } from '@lianzhen/contracts/errors.ts';
import { type Acceptable, covers, notAcceptable } from '../accept.ts';
import { type RenderedType, renderedTypes } from './encode.ts';
import type { Window } from './picture-format.ts';
import type { RenderWish } from './render-frame.ts';
import type { Viewport } from './resize.ts';

type Query = Record<string, unknown>;
const longestSide = 4096;
const longestThumbnail = 512;
const usualThumbnail = 128;
const usualQuality = 90;

/**
 * Reads the query of a rendered resource (PS3.18 8.3.5.1): `viewport`, `window`, `quality`.
 * @throws HubError `not-acceptable`, or `malformed-request` naming the parameter
 */
export function renderWish(accept: readonly Acceptable[], query: Query): RenderWish {
  return {
    type: typeOf(accept),
    quality: qualityOf(query.quality),
    viewport: viewportOf(query.viewport, longestSide),
    window: windowOf(query.window),
  };
}

/** A thumbnail takes nothing but its size (PS3.18 8.3.5.1.1, table 10.4.1-4). */
export function thumbnailWish(accept: readonly Acceptable[], query: Query): RenderWish {
  const asked = viewportOf(query.viewport, longestThumbnail);
  const viewport = { width: usualThumbnail, height: usualThumbnail, ...asked, source: null };
  return { type: typeOf(accept), quality: usualQuality, viewport, window: null };
}

function typeOf(accept: readonly Acceptable[]): RenderedType {
  for (const { name, isMultipart } of accept) {
    // One picture is one body; only who takes anything at all is taken to mean that as well.
    if (isMultipart && name !== '*/*') continue;
    const type = renderedTypes.find((one) => covers(name, one));
    if (type) return type;
  }
  throw notAcceptable([...renderedTypes]);
}

function refuse(field: string, expected: string): never {
  throw new HubError('malformed-request', { field, expected });
}

function qualityOf(value: unknown): number {
  if (value === undefined) return usualQuality;
  const isNumber = typeof value === 'string' && /^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= 100;
  return isNumber ? Number(value) : refuse('quality', 'a whole number from 1 to 100');
}

function viewportOf(value: unknown, longest: number): Viewport | null {
  if (value === undefined) return null;
  const expected = `width,height up to ${longest}, and x,y,width,height of a part`;
  const parts = typeof value === 'string' ? value.split(',') : [];
  const isWhole = (part: string) => part === '' || /^-?\d{1,6}$/.test(part);
  if (![2, 6].includes(parts.length) || !parts.every(isWhole)) refuse('viewport', expected);
  const [width = 0, height = 0, x = 0, y = 0, across = 0, down = 0] = parts.map(Number);
  if (width < 1 || height < 1 || width > longest || height > longest || x < 0 || y < 0) refuse('viewport', expected);
  return { width, height, source: parts.length === 6 ? { x, y, width: across, height: down } : null };
}

const shapes: Record<string, Window['shape']> = {
  linear: 'LINEAR',
  'linear-exact': 'LINEAR_EXACT',
  sigmoid: 'SIGMOID',
};

function windowOf(value: unknown): Window | null {
  if (value === undefined) return null;
  const [center = '', width = '', name = 'linear', ...rest] = typeof value === 'string' ? value.split(',') : [];
  const shape = shapes[name.trim().toLowerCase()];
  const isNumber = (text: string) => /^-?\d{1,12}(\.\d{1,12})?$/.test(text.trim());
  if (!shape || rest.length > 0 || !isNumber(center) || !isNumber(width) || Number(width) <= 0)
    refuse('window', 'center,width and linear, linear-exact or sigmoid');
  return { center: Number(center), width: Number(width), shape };
}
