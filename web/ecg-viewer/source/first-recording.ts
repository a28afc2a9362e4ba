import type { EcgRecording } from './ecg-source.ts';

/** Shorter than this it is a beat and no rhythm. */
const beatMs = 2500;

/**
 * The recording that is shown first and that the hub has measured: the first rhythm, whatever else a recorder wrote
 * before it; where there is none, the first of all.
 */
export const firstRecording = (recordings: readonly EcgRecording[]): EcgRecording | undefined =>
  recordings.find(({ kind }) => kind === 'rhythm') ?? recordings[0];

/** A single beat: columns that share its time would cut it into pieces. */
export const isOneBeat = ({ kind, durationMs }: Pick<EcgRecording, 'kind' | 'durationMs'>): boolean =>
  kind === 'median' || durationMs < beatMs;
