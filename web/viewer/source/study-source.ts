import type { FrameRef, ViewerStudy } from './study-model.ts';

export interface FrameAnswer {
  readonly bytes: ArrayBuffer;
  /** Empty when the server did not say; the stream itself is asked then. */
  readonly transferSyntaxUid: string;
  readonly contentType: string;
}

/** Where a study comes from. Every call may be aborted and then rejects with the signal's reason. */
export interface StudySource {
  /** @throws ViewerProblem http, network, not-dicom-json, no-images, too-many-images. */
  load(signal: AbortSignal): Promise<ViewerStudy>;
  /** @throws ViewerProblem http, network, multipart, answer-too-large. */
  frame(ref: FrameRef, signal: AbortSignal): Promise<FrameAnswer>;
  /** Bytes the metadata keep elsewhere: palettes, lookup tables, overlays. */
  bulk?(uri: string, signal: AbortSignal): Promise<ArrayBuffer>;
}
