import type { SessionFrame, SessionMark } from '@lianzhen/contracts/session-marks.ts';
import type { SharedViewport } from '@lianzhen/contracts/shared-view.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';

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
