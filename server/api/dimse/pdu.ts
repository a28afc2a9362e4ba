/** The upper-layer PDUs as values (PS3.8 §9.3). */
export const pduType = {
  associateRequest: 0x01,
  associateAccept: 0x02,
  associateReject: 0x03,
  data: 0x04,
  releaseRequest: 0x05,
  releaseResponse: 0x06,
  abort: 0x07,
} as const;

export interface ProposedContext {
  id: number;
  abstractSyntax: string;
  transferSyntaxes: string[];
}

export interface AnsweredContext {
  id: number;
  /** 0 accepted, 1 user rejection, 2 no reason, 3 abstract syntax, 4 transfer syntaxes not supported. */
  result: number;
  transferSyntax: string;
}

export interface RoleSelection {
  sopClassUid: string;
  scu: boolean;
  scp: boolean;
}

export interface UserInformation {
  /** The longest P-DATA-TF its sender takes; 0 means no limit. */
  maxPduBytes: number;
  implementationClassUid: string;
  implementationVersion?: string;
  /** Outstanding operations; 0 means no limit. Absent means one each (PS3.7 §D.3.3.3). */
  operationsWindow?: { invoked: number; performed: number };
  roles: RoleSelection[];
}

export interface Associate<C> {
  protocolVersion: number;
  calledAeTitle: string;
  callingAeTitle: string;
  applicationContext: string;
  contexts: C[];
  user: UserInformation;
}
export type AssociateRequest = Associate<ProposedContext>;
export type AssociateAccept = Associate<AnsweredContext>;

export interface Rejection {
  result: number;
  source: number;
  reason: number;
}

/** A-ASSOCIATE-RJ answers by name (PS3.8 table 9-21). */
export const rejection = {
  noReason: { result: 1, source: 1, reason: 1 },
  applicationContextNotSupported: { result: 1, source: 1, reason: 2 },
  callingAeNotRecognized: { result: 1, source: 1, reason: 3 },
  calledAeNotRecognized: { result: 1, source: 1, reason: 7 },
  protocolVersionNotSupported: { result: 1, source: 2, reason: 2 },
  temporaryFailure: { result: 2, source: 2, reason: 1 },
  temporaryCongestion: { result: 2, source: 3, reason: 1 },
  localLimitExceeded: { result: 2, source: 3, reason: 2 },
} as const satisfies Record<string, Rejection>;

/** A piece of a message, as much of a PDV as has arrived. `isLast` is true on the piece that ends the command or data set. */
export interface DataFragment {
  kind: 'data';
  contextId: number;
  isCommand: boolean;
  isLast: boolean;
  bytes: Buffer;
}

export type PduEvent =
  | DataFragment
  | { kind: 'associate-request'; request: AssociateRequest }
  | { kind: 'associate-accept'; accept: AssociateAccept }
  | { kind: 'associate-reject'; rejection: Rejection }
  | { kind: 'release-request' }
  | { kind: 'release-response' }
  | { kind: 'abort'; source: number; reason: number };
