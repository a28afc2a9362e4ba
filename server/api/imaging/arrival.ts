/** Where an instance comes from: the facility answers for what it sends. */
export interface Source {
  facilityId: string;
  deviceId: string | null;
  door: 'c-store' | 'stow-rs' | 'ecg-upload';
  /** The hub made it, and its UID is that of the file that it was made of: made again, it is the same with another date. */
  isNamedByContent?: boolean;
}

/** What the sender said about the instance before its first byte; what is said must be true. */
export interface Declared {
  /** A bare dataset in this transfer syntax, as C-STORE carries it; without it the body is a Part 10 file. */
  dataset?: { transferSyntaxUid: string };
  sopClassUid?: string;
  sopInstanceUid?: string;
  studyInstanceUid?: string;
}

export interface InstanceUids {
  sopClassUid: string;
  sopInstanceUid: string;
  studyInstanceUid: string;
  seriesInstanceUid: string;
}

/** An instance whose bytes are durable and whose row is not written yet. */
export interface Arrival extends InstanceUids {
  id: string;
  transferSyntaxUid: string;
  facilityId: string;
  deviceId: string | null;
  door: Source['door'];
  isNamedByContent?: boolean;
  sha256: string;
  size: number;
  blob: string;
  receivedAt: Date;
}

/**
 * stored: new. duplicate: the same instance again. conflict: the same UID with other bytes. foreign: its study belongs
 * to another facility. The last two are kept in quarantine and refused to the sender, who keeps its copy.
 */
export type Outcome = 'stored' | 'duplicate' | 'conflict' | 'foreign';
export interface Received extends InstanceUids {
  outcome: Outcome;
}
