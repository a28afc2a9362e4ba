import type { InstanceHead, InstanceRecord } from '@lianzhen/dicom/instance-record.ts';

/** An instance that was received and has no place in its study yet. */
export interface Unindexed {
  id: string;
  sopInstanceUid: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
  sopClassUid: string;
  facilityId: string;
  deviceId: string | null;
  door: string;
  sha256: string;
  size: number;
  blob: string;
  receivedAt: Date;
  number: number | null;
  /** What the door has read of it already, as its own text tells it; the rest of its record is then in the row. */
  head: InstanceHead | null;
}

/** What indexing found out about one instance. */
export interface IndexRow extends InstanceHead {
  instance: Unindexed;
  number: number | null;
  /** Undefined where the row has it. */
  record: InstanceRecord | undefined;
  rendition: string | null;
}

/** Why an instance could not be read; a person decides about it. */
export interface IndexFailure {
  instance: Unindexed;
  reason: string;
}
