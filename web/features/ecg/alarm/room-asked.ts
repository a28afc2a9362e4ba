import type { EcgAlarmRow } from '@lianzhen/contracts/ecg-alarms.ts';

/** The sender has called for a room, and has neither got one nor been called back since. */
export const isRoomAsked = ({ room, roomAskedAt, toldAt }: Pick<EcgAlarmRow, 'room' | 'roomAskedAt' | 'toldAt'>) =>
  room === 'none' && roomAskedAt !== null && (toldAt === null || Date.parse(toldAt) < Date.parse(roomAskedAt));
