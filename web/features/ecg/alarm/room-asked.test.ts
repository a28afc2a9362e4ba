import { expect, test } from 'vitest';
import { isRoomAsked } from './room-asked.ts';

test('a call for a room stands until there is one, or until somebody has called back', () => {
  const asked = { room: 'none' as const, roomAskedAt: '2026-11-22T02:00:00Z', toldAt: null };
  expect(isRoomAsked(asked)).toBe(true);
  expect(isRoomAsked({ ...asked, roomAskedAt: null })).toBe(false);
  expect(isRoomAsked({ ...asked, room: 'waiting' })).toBe(false);
  expect(isRoomAsked({ ...asked, room: 'open' })).toBe(false);
  expect(isRoomAsked({ ...asked, toldAt: '2026-11-22T02:01:00+00:00' })).toBe(false);
  // What was said before the call is no answer to it, in whatever time zone it was written.
  expect(isRoomAsked({ ...asked, toldAt: '2026-11-22T09:59:00+08:00' })).toBe(true);
});
