import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Id, Instant } from './fields.ts';

/** composing: one playable file is being made. removed: its time is over (HUB_RECORDING_DAYS). */
export const RecordingState = z.enum(['recording', 'composing', 'ready', 'failed', 'removed']);
export type RecordingState = z.infer<typeof RecordingState>;
/** Where somebody's picture is in the file, in hundredths of its width and height. */
export const RecordedTile = z.object({
  name: z.string(),
  source: z.string(),
  left: z.number(),
  top: z.number(),
  width: z.number(),
  height: z.number(),
});
export type RecordedTile = z.infer<typeof RecordedTile>;

/** What can be jumped to. `atMs` counts from the beginning of the file. */
export const RecordingMark = z.object({
  atMs: z.number().int().min(0),
  kind: z.enum(['joined', 'left', 'away', 'back', 'opened', 'marked', 'lead', 'chat', 'opinion', 'recording']),
  name: z.string(),
  /** A study's description, a mark's text, a version's number; empty where the kind says it all. */
  text: z.string(),
});
export type RecordingMark = z.infer<typeof RecordingMark>;

export const RecordingView = z.object({
  id: Id,
  state: RecordingState,
  startedAt: Instant,
  endedAt: Instant.nullable(),
  startedByName: z.string(),
  consentNote: z.string(),
  durationMs: z.number().int().nullable(),
  size: z.number().int().nullable(),
  /** Why there is no file. */
  failure: z.string().nullable(),
  keepUntil: Instant.nullable(),
  tiles: z.array(RecordedTile),
  marks: z.array(RecordingMark),
});
export type RecordingView = z.infer<typeof RecordingView>;

export const recordingContract = {
  list: oc
    .route({ method: 'GET', path: '/consultations/{consultationId}/recordings' })
    .input(z.object({ consultationId: Id }))
    .output(z.array(RecordingView)),
};

/** Not JSON, with ranges (RFC 9110, 14), so not in the contract. */
export const recordingMediaPath = (id: string): string => `/api/recordings/${id}/media.mp4`;
