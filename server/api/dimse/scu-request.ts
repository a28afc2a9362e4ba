import type { Implementation } from './handlers.ts';
import type { MessageContext } from './message-reader.ts';
import type { AssociateAccept, AssociateRequest } from './pdu.ts';
import { applicationContextUid } from './uids.ts';

export interface WantedContext {
  abstractSyntax: string;
  /** In order of preference; the peer chooses one. */
  transferSyntaxes: string[];
  /** Asked for when given; the default is that we use the service and the peer provides it. */
  role?: { scu: boolean; scp: boolean };
}

/** The A-ASSOCIATE-RQ for `contexts`, numbered 1, 3, 5 ... in their order; at most 128 (PS3.8 §9.3.2.2). */
export function buildRequest(options: {
  callingAeTitle: string;
  calledAeTitle: string;
  contexts: WantedContext[];
  maxPduBytes: number;
  implementation: Implementation;
}): AssociateRequest {
  if (options.contexts.length < 1 || options.contexts.length > 128) {
    throw new RangeError(`an association takes 1 to 128 presentation contexts, not ${options.contexts.length}`);
  }
  return {
    protocolVersion: 1,
    calledAeTitle: options.calledAeTitle,
    callingAeTitle: options.callingAeTitle,
    applicationContext: applicationContextUid,
    contexts: options.contexts.map(({ abstractSyntax, transferSyntaxes }, index) => ({
      id: 2 * index + 1,
      abstractSyntax,
      transferSyntaxes,
    })),
    user: {
      maxPduBytes: options.maxPduBytes,
      implementationClassUid: options.implementation.classUid,
      implementationVersion: options.implementation.versionName,
      roles: options.contexts.flatMap(({ abstractSyntax, role }) =>
        role ? [{ sopClassUid: abstractSyntax, ...role }] : [],
      ),
    },
  };
}

/** The contexts the peer accepted. */
export function acceptedContexts(request: AssociateRequest, accept: AssociateAccept): Map<number, MessageContext> {
  const contexts = new Map<number, MessageContext>();
  for (const { id, result, transferSyntax } of accept.contexts) {
    const proposed = request.contexts.find((context) => context.id === id);
    if (result === 0 && proposed?.transferSyntaxes.includes(transferSyntax)) {
      contexts.set(id, { id, abstractSyntax: proposed.abstractSyntax, transferSyntax });
    }
  }
  return contexts;
}
