import { expect, test } from 'vitest';
import { parseAccept } from '../accept.ts';
import { renderWish, thumbnailWish } from './render-wish.ts';

const wish = (query: Record<string, unknown>, accept = '*/*') => renderWish(parseAccept(accept), query);
const refusal = (ask: () => unknown): unknown => {
  try {
    return ask();
  } catch (cause) {
    const { code, details } = cause as { code: string; details: { field?: string } };
    return details.field ?? code;
  }
};

test('nothing said is a JPEG as it is', () => {
  expect(wish({})).toEqual({ type: 'image/jpeg', quality: 90, viewport: null, window: null });
});

test('the dearest type that can be made is made', () => {
  expect(wish({}, 'image/png').type).toBe('image/png');
  expect(wish({}, 'image/gif, image/png;q=0.5, image/jpeg;q=0.4').type).toBe('image/png');
  expect(wish({}, 'image/*').type).toBe('image/jpeg');
  for (const accept of ['image/gif', 'text/html', 'multipart/related; type="image/jpeg"'])
    expect(refusal(() => wish({}, accept))).toBe('not-acceptable');
});

test('viewport, window and quality are read whole or refused by name', () => {
  const source = { x: 0, y: 10, width: -30, height: 40 };
  expect(wish({ viewport: '512,256,,10,-30,40' }).viewport).toEqual({ width: 512, height: 256, source });
  expect(wish({ window: '40,400,sigmoid' }).window).toEqual({ center: 40, width: 400, shape: 'SIGMOID' });
  expect(wish({ window: '-600.5,1500' }).window).toEqual({ center: -600.5, width: 1500, shape: 'LINEAR' });
  for (const viewport of ['512', '0,5', '5000,10', '10,10,5', '1e3,10', '10,10,-1,0,5,5', ['1,1'], 'a,b'])
    expect(refusal(() => wish({ viewport }))).toBe('viewport');
  for (const window of ['40', '40,0', '40,-1', 'NaN,1', '40,400,cubic', '40,400,linear,1', ['40,400']])
    expect(refusal(() => wish({ window }))).toBe('window');
  for (const quality of ['0', '101', '5.5', 'best', ['5']]) expect(refusal(() => wish({ quality }))).toBe('quality');
});

test('a thumbnail is small', () => {
  const small = (query: Record<string, unknown>) => thumbnailWish(parseAccept('*/*'), query);
  expect(small({}).viewport).toEqual({ width: 128, height: 128, source: null });
  expect(small({ viewport: '64,32,1,1,5,5', window: '1,1' })).toMatchObject({
    viewport: { width: 64, height: 32, source: null },
    window: null,
  });
  expect(refusal(() => small({ viewport: '1024,1024' }))).toBe('viewport');
});
