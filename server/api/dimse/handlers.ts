import type { TlsOptions } from 'node:tls';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import type { DimseLimits } from './limits.ts';
import type { ProposedContext, Rejection } from './pdu.ts';
import type { DimseStatus } from './status.ts';

/** What pino's logger has; ids and counts only ever go into `fields`. */
export interface DimseLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Implementation {
  classUid: string;
  /** At most 16 characters. */
  versionName: string;
}

export interface DimseServerOptions {
  /** 0 takes a free one. */
  port: number;
  host?: string;
  /** Callers who call anything else are rejected. */
  aeTitle: string;
  limits: DimseLimits;
  implementation: Implementation;
  log: DimseLog;
  /** With it the port speaks TLS (PS3.15 annex B) instead of plain TCP. */
  tls?: TlsOptions;
}

export interface AssociationRequest {
  callingAeTitle: string;
  calledAeTitle: string;
  remoteAddress: string;
  presentationContexts: ProposedContext[];
}

export interface StoreRequest {
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
  moveOriginator?: { aeTitle: string; messageId: number };
  /**
   * The data set as it is on the wire, without file meta information, in pieces as they arrive. Reading slowly slows the
   * sender. The iterator throws PeerDisconnected when the sender is lost before the end, and DimseFailure when the data
   * set is too long; a body that is not read to its end is dropped.
   */
  body: AsyncIterable<Buffer>;
}

export interface FindRequest {
  sopClassUid: string;
  identifier: DicomJson;
  /** Aborted by C-CANCEL, by a lost peer and by shutting down. */
  signal: AbortSignal;
}

export interface InstanceReference {
  sopClassUid: string;
  sopInstanceUid: string;
}

export interface CommitRequest {
  transactionUid: string;
  references: InstanceReference[];
}

export interface CommitResult {
  committed: InstanceReference[];
  /** Reasons of PS3.3 §C.14.1.1: 0x0112 no such instance, 0x0119 class conflict, 0x0110 processing failure, ... */
  failed: (InstanceReference & { reason: number })[];
  /** Where to report when the association has ended by then; without it `commitUndelivered` is told. */
  returnTo?: { host: string; port: number };
}

export type ContextAnswer = string | { refused: 'transfer-syntaxes' } | undefined;

/** Something that was turned away, for the audit. */
export interface RefusedEvent {
  kind: 'association' | 'handshake' | 'contexts' | 'protocol' | 'limit' | 'timeout';
  reason: string;
  remoteAddress: string;
  callingAeTitle?: string;
  calledAeTitle?: string;
}

/** What the engine does not know. `A` is whatever `accept` found out about the caller. */
export interface DimseHandlers<A> {
  /** Who may associate. The value is bound to the association. */
  accept(request: AssociationRequest): Promise<{ ok: true; peer: A } | ({ ok: false } & Rejection)>;
  /** The chosen one of the proposed transfer syntaxes; undefined refuses the abstract syntax. Verification is built in. */
  acceptsContext(peer: A, abstractSyntax: string, transferSyntaxes: string[]): ContextAnswer;
  /** Keeps one instance. Success means durable: the sender may delete its copy. A thrown DimseFailure is its status. */
  store(peer: A, request: StoreRequest): Promise<DimseStatus>;
  find(peer: A, request: FindRequest): AsyncIterable<DicomJson>;
  commit?(peer: A, request: CommitRequest): Promise<CommitResult>;
  /** The result of `commit` could be reported neither on its association nor on a new one. */
  commitUndelivered?(peer: A, transactionUid: string, result: CommitResult, cause: unknown): void;
  refused?(event: RefusedEvent): void;
}
