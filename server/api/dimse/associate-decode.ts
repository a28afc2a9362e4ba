import { associateFixedBytes, invalid, items, itemType, text } from './associate-items.ts';
import type { AnsweredContext, Associate, AssociateAccept, AssociateRequest, ProposedContext } from './pdu.ts';
import { decodeUserInformation } from './user-information.ts';

/** Bounds that a well-formed A-ASSOCIATE keeps anyway: 128 odd context ids, and no known device proposes 64 syntaxes at once. */
const mostTransferSyntaxes = 128;

/**
 * Decodes what follows the six header bytes of an A-ASSOCIATE-RQ (PS3.8 §9.3.2). Items of unknown type are skipped.
 * Throws ProtocolError for lengths that do not fit, missing items, and context ids that are even or given twice.
 */
export function decodeAssociateRequest(bytes: Buffer, mostContexts: number): AssociateRequest {
  return associate(bytes, mostContexts, itemType.proposedContext, proposedContext);
}

/** The same for an A-ASSOCIATE-AC (PS3.8 §9.3.3). */
export function decodeAssociateAccept(bytes: Buffer, mostContexts: number): AssociateAccept {
  return associate(bytes, mostContexts, itemType.answeredContext, answeredContext);
}

function associate<C extends { id: number }>(
  bytes: Buffer,
  mostContexts: number,
  contextType: number,
  decode: (value: Buffer) => C,
): Associate<C> {
  if (bytes.length < associateFixedBytes) throw invalid(`A-ASSOCIATE of ${bytes.length} bytes is too short`);
  const contexts = new Map<number, C>();
  let applicationContext: string | undefined;
  let user: Associate<C>['user'] | undefined;
  for (const { type, value } of items(bytes.subarray(associateFixedBytes))) {
    if (type === itemType.applicationContext) applicationContext = text(value);
    else if (type === itemType.userInformation) user = decodeUserInformation(value);
    else if (type === contextType) {
      const context = decode(value);
      if (context.id % 2 === 0) throw invalid(`presentation context id ${context.id} is not odd`);
      if (contexts.has(context.id)) throw invalid(`presentation context id ${context.id} is given twice`);
      contexts.set(context.id, context);
      if (contexts.size > mostContexts) throw invalid(`more than ${mostContexts} presentation contexts`, 'limit');
    }
  }
  if (applicationContext === undefined) throw invalid('A-ASSOCIATE has no application context');
  if (!user) throw invalid('A-ASSOCIATE has no user information');
  return {
    protocolVersion: bytes.readUInt16BE(0),
    calledAeTitle: bytes.toString('latin1', 4, 20).trim(),
    callingAeTitle: bytes.toString('latin1', 20, 36).trim(),
    applicationContext,
    contexts: [...contexts.values()],
    user,
  };
}

function proposedContext(value: Buffer): ProposedContext {
  const id = contextId(value);
  let abstractSyntax: string | undefined;
  const transferSyntaxes: string[] = [];
  for (const part of items(value.subarray(4))) {
    if (part.type === itemType.abstractSyntax) abstractSyntax = text(part.value);
    else if (part.type === itemType.transferSyntax) transferSyntaxes.push(text(part.value));
    if (transferSyntaxes.length > mostTransferSyntaxes) {
      throw invalid(`more than ${mostTransferSyntaxes} transfer syntaxes in context ${id}`, 'limit');
    }
  }
  if (abstractSyntax === undefined) throw invalid(`presentation context ${id} has no abstract syntax`);
  return { id, abstractSyntax, transferSyntaxes };
}

function answeredContext(value: Buffer): AnsweredContext {
  const id = contextId(value);
  let transferSyntax = '';
  for (const part of items(value.subarray(4))) {
    if (part.type === itemType.transferSyntax) transferSyntax = text(part.value);
  }
  return { id, result: value.readUInt8(2), transferSyntax };
}

function contextId(value: Buffer): number {
  if (value.length < 4) throw invalid(`presentation context item of ${value.length} bytes is too short`);
  return value.readUInt8(0);
}
