import { z } from 'zod';
import { Id } from './fields.ts';

/** What may be kept with a consultation beside images and traces. Known by its content, never by its name. */
export const FileType = z.enum(['application/pdf', 'image/jpeg', 'image/png', 'text/plain']);
export type FileType = z.infer<typeof FileType>;

/** Bytes of one file; files of one person in one room; files and bytes of one consultation. */
export const fileLimits = { bytes: 20 * 1024 * 1024, ofSeat: 30, ofRoom: 100, bytesOfRoom: 400 * 1024 * 1024 } as const;

/** A file of a room's chat, as the chat names it. */
export const RoomFile = z.object({
  id: Id,
  /** With the ending of its type; nothing in it that a file system or a reader could take for something else. */
  name: z.string(),
  type: FileType,
  size: z.number().int().min(1),
  /** Of its bytes, in hexadecimal. */
  sha256: z.string(),
});
export type RoomFile = z.infer<typeof RoomFile>;

/**
 * `PUT` with the bytes as the body and `?name=` makes it, once for each id; `GET` gives it. Not JSON, so not in the contract.
 * @param fileId made by the browser: sent again after a broken link, it is the same file
 */
export const roomFilePath = (consultationId: string, fileId: string): string =>
  `/api/consultations/${consultationId}/files/${fileId}`;

/**
 * Whoever sends a file, or has no account and fetches one, sits in the room: this header says `<seatId>.<secret>`, the
 * secret being the one with which a seat is taken back.
 */
export const seatHeader = 'x-room-seat';
export const seatProof = (seatId: string, secret: string): string => `${seatId}.${secret}`;
