import type { Mark, SharedViewport } from '@lianzhen/contracts/shared-view.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';

/** A mark that was there at the end, and whose it is. */
export interface SessionMark extends Mark {
  readonly author: string;
  /** The same for the same person throughout a consultation. */
  readonly seatId: string;
  /** #rrggbb */
  readonly colour: string;
}

/** A frame that was looked at or marked. */
export interface SessionFrame {
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly sopInstanceUid: string;
  readonly frame: number;
}

/** An instance of the hub that a mark or a look refers to. */
export interface ReferencedImage {
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly seriesUid: string;
  readonly frameCount: number;
  readonly attributes: DicomJson;
}

/** What a session leaves behind in one study. */
export interface StudyEvidence {
  readonly consultationId: string;
  /** As people know it. */
  readonly consultationNumber: string;
  readonly studyUid: string;
  /** The last entry of the room that says something about the pictures; raises with every change. */
  readonly seq: number;
  readonly at: Date;
  /** Who answers for the objects: the chair, or whoever made the first mark. */
  readonly creator: string;
  /** By SOP Instance UID. All marks and frames refer to one of these. */
  readonly images: ReadonlyMap<string, ReferencedImage>;
  readonly marks: readonly SessionMark[];
  readonly frames: readonly SessionFrame[];
  /** The tiles that were on everyone's screen at the end. */
  readonly tiles: readonly SharedViewport[];
}
