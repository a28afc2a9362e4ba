import type { DimseStatus } from './status.ts';

/** A-ABORT sources and reasons (PS3.8 §9.3.8). */
export const abortSource = { user: 0, provider: 2 } as const;
export const abortReason = {
  notSpecified: 0,
  unrecognizedPdu: 1,
  unexpectedPdu: 2,
  unrecognizedParameter: 4,
  unexpectedParameter: 5,
  invalidParameter: 6,
} as const;

/** What the peer sent breaks the protocol or a limit; the association cannot go on and ends with A-ABORT `reason`. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly reason: number;
  readonly kind: 'protocol' | 'limit';
  constructor(reason: number, message: string, kind: 'protocol' | 'limit' = 'protocol') {
    super(message);
    this.reason = reason;
    this.kind = kind;
  }
}

/** The association is gone (closed, reset, aborted or timed out) while somebody still waited for the peer. */
export class PeerDisconnected extends Error {
  override readonly name = 'PeerDisconnected';
}

/** The peer answered A-ASSOCIATE-RJ (PS3.8 §9.3.4). */
export class AssociationRejected extends Error {
  override readonly name = 'AssociationRejected';
  readonly result: number;
  readonly source: number;
  readonly reason: number;
  constructor(rejection: { result: number; source: number; reason: number }) {
    const { result, source, reason } = rejection;
    super(`association rejected (result ${result}, source ${source}, reason ${reason})`);
    this.result = result;
    this.source = source;
    this.reason = reason;
  }
}

/** One request fails with this status; the association goes on. A handler may throw it to choose the status. */
export class DimseFailure extends Error {
  override readonly name = 'DimseFailure';
  readonly status: DimseStatus;
  constructor(code: number, comment: string, options?: ErrorOptions) {
    super(comment, options);
    this.status = { code, comment };
  }
}
