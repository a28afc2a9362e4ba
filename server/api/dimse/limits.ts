/** Every bound of the engine. Sizes are bytes, times milliseconds. */
export interface DimseLimits {
  /** Associations open at once, all callers together. */
  associations: number;
  /** Associations open at once for one calling AE title. */
  associationsPerPeer: number;
  /** Connections that have not associated yet; above it the one that has been silent longest is dropped. */
  pendingConnections: number;
  /** Operations one association may have running: our answer to the asynchronous operations window. */
  operations: number;
  /** The longest P-DATA-TF the peer may send; announced in A-ASSOCIATE-AC and enforced. */
  pduBytes: number;
  /** The longest A-ASSOCIATE PDU. */
  associateBytes: number;
  /** Presentation contexts in one association; odd ids of one byte allow 128 (PS3.8 §9.3.2.2). */
  contexts: number;
  commandBytes: number;
  /** One instance's data set. A longer one fails alone; one that goes on to twice this ends its association. */
  instanceBytes: number;
  /** One identifier (C-FIND) or action data set (N-ACTION); these are held in memory. */
  identifierBytes: number;
  /** Elements and items in one of them, at all levels. */
  identifierElements: number;
  findResults: number;
  /** Received but not yet read by the handler, for one instance and for one connection: beyond it the socket is not read. */
  bufferedBytes: number;
  /** From connection to A-ASSOCIATE-RQ, and from our last PDU to the peer's close (ARTIM, PS3.8 §9.1.4). */
  artimMs: number;
  /** No request at all on an open association. */
  idleMs: number;
  /** No byte of a message that has begun, or no byte taken of what we send. */
  stalledMs: number;
}

export const defaultLimits: DimseLimits = {
  associations: 64,
  associationsPerPeer: 16,
  pendingConnections: 64,
  operations: 1,
  pduBytes: 131_072,
  associateBytes: 262_144,
  contexts: 128,
  commandBytes: 16_384,
  instanceBytes: 4 * 1024 ** 3,
  identifierBytes: 4 * 1024 ** 2,
  identifierElements: 100_000,
  findResults: 1_000,
  bufferedBytes: 262_144,
  artimMs: 10_000,
  idleMs: 300_000,
  stalledMs: 30_000,
};
