import { associateResult } from './associate-items.ts';
import type { ContextAnswer, Implementation } from './handlers.ts';
import type { DimseLimits } from './limits.ts';
import type { MessageContext } from './message-reader.ts';
import {
  type AnsweredContext,
  type AssociateAccept,
  type AssociateRequest,
  type ProposedContext,
  type Rejection,
  type RoleSelection,
  rejection,
} from './pdu.ts';
import { applicationContextUid, explicitVrLittleEndian, implicitVrLittleEndian, verificationSopClass } from './uids.ts';

/** No PDU smaller than this can carry a command in sensible pieces. */
const smallestPduBytes = 128;

/** What is wrong with a request whoever sent it (PS3.8 §7.1.1), with the reason in words; undefined when nothing is. */
export function objection(request: AssociateRequest, aeTitle: string): (Rejection & { why: string }) | undefined {
  if ((request.protocolVersion & 1) === 0) {
    return { ...rejection.protocolVersionNotSupported, why: `protocol version ${request.protocolVersion}` };
  }
  if (request.applicationContext !== applicationContextUid) {
    return { ...rejection.applicationContextNotSupported, why: 'application context is not DICOM' };
  }
  if (!isAeTitle(request.callingAeTitle)) return { ...rejection.callingAeNotRecognized, why: 'calling AE title' };
  if (request.calledAeTitle !== aeTitle) return { ...rejection.calledAeNotRecognized, why: 'called AE title' };
  const { maxPduBytes } = request.user;
  if (maxPduBytes !== 0 && maxPduBytes < smallestPduBytes) {
    return { ...rejection.noReason, why: `maximum PDU length ${maxPduBytes}` };
  }
  return undefined;
}

const isAeTitle = (title: string): boolean => /^[\x20-\x5b\x5d-\x7e]{1,16}$/.test(title);

export interface Negotiated {
  accept: AssociateAccept;
  contexts: Map<number, MessageContext>;
  refusedSyntaxes: string[];
}

/** Answers every proposed context and the user information. `choose` decides; C-ECHO's context is decided here. */
export function negotiate(
  request: AssociateRequest,
  choose: (abstractSyntax: string, transferSyntaxes: string[]) => ContextAnswer,
  limits: DimseLimits,
  implementation: Implementation,
): Negotiated {
  const contexts = new Map<number, MessageContext>();
  const refusedSyntaxes: string[] = [];
  const answers = request.contexts.map((proposed): AnsweredContext => {
    const { id, abstractSyntax, transferSyntaxes } = proposed;
    const answer =
      abstractSyntax === verificationSopClass ? chooseForEcho(proposed) : choose(abstractSyntax, transferSyntaxes);
    if (typeof answer === 'string' && transferSyntaxes.includes(answer)) {
      contexts.set(id, { id, abstractSyntax, transferSyntax: answer });
      return { id, result: associateResult.accepted, transferSyntax: answer };
    }
    refusedSyntaxes.push(abstractSyntax);
    const result = answer ? associateResult.transferSyntaxesNotSupported : associateResult.abstractSyntaxNotSupported;
    // The transfer syntax of a refused context is not significant, but some peers want to find one.
    return { id, result, transferSyntax: transferSyntaxes[0] ?? implicitVrLittleEndian };
  });
  const accept: AssociateAccept = {
    protocolVersion: 1,
    calledAeTitle: request.calledAeTitle,
    callingAeTitle: request.callingAeTitle,
    applicationContext: applicationContextUid,
    contexts: answers,
    user: {
      maxPduBytes: limits.pduBytes,
      implementationClassUid: implementation.classUid,
      implementationVersion: implementation.versionName,
      operationsWindow: operationsWindow(request, limits),
      roles: request.user.roles.flatMap((role) => answerRole(role, contexts)),
    },
  };
  return { accept, contexts, refusedSyntaxes };
}

function chooseForEcho({ transferSyntaxes }: ProposedContext): ContextAnswer {
  const chosen = [explicitVrLittleEndian, implicitVrLittleEndian].find((syntax) => transferSyntaxes.includes(syntax));
  return chosen ?? { refused: 'transfer-syntaxes' };
}

/** Ours is the smaller of what is asked (0: any number) and what we run at once; we invoke one at a time. */
function operationsWindow(
  { user }: AssociateRequest,
  limits: DimseLimits,
): AssociateAccept['user']['operationsWindow'] {
  if (!user.operationsWindow) return undefined;
  const { invoked } = user.operationsWindow;
  return { invoked: invoked === 0 ? limits.operations : Math.min(invoked, limits.operations), performed: 1 };
}

/** We are the provider of every service here; a caller who wants to be the provider itself gets no for that role. */
function answerRole(role: RoleSelection, contexts: Map<number, MessageContext>): RoleSelection[] {
  const isAccepted = [...contexts.values()].some(({ abstractSyntax }) => abstractSyntax === role.sopClassUid);
  return isAccepted ? [{ sopClassUid: role.sopClassUid, scu: role.scu, scp: false }] : [];
}
