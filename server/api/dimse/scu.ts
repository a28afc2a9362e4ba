import { encodeAssociateRequest } from './associate-encode.ts';
import { Connection } from './connection.ts';
import { AssociationRejected, abortReason, PeerDisconnected, ProtocolError } from './failures.ts';
import { type DimseLimits, defaultLimits } from './limits.ts';
import type { PduEvent } from './pdu.ts';
import { ScuAssociation } from './scu-association.ts';
import { connectSocket } from './scu-connect.ts';
import { plainImplementation, type ScuOptions } from './scu-options.ts';
import { acceptedContexts, buildRequest } from './scu-request.ts';

/**
 * Associates with a peer as the service user. Throws AssociationRejected with the peer's reason, and PeerDisconnected
 * when it cannot be reached, does not answer within `timeoutMs`, aborts, or answers what is no association.
 */
export async function openAssociation(options: ScuOptions): Promise<ScuAssociation> {
  const { timeoutMs, implementation = plainImplementation } = options;
  const limits: DimseLimits = { ...defaultLimits, stalledMs: timeoutMs, ...options.limits };
  const request = buildRequest({ ...options, maxPduBytes: limits.pduBytes, implementation });
  const connection = new Connection(await connectSocket(options), limits);
  const opened = Promise.withResolvers<ScuAssociation>();
  let association: ScuAssociation | undefined;

  function onEvent(event: PduEvent): Promise<void> | undefined {
    if (event.kind === 'abort') {
      const why = `peer aborted the association (source ${event.source}, reason ${event.reason})`;
      connection.destroy(new PeerDisconnected(why));
    } else if (association) {
      return association.take(event);
    } else if (event.kind === 'associate-accept') {
      const contexts = acceptedContexts(request, event.accept);
      association = new ScuAssociation({ connection, contexts, accept: event.accept, limits, options });
      opened.resolve(association);
    } else if (event.kind === 'associate-reject') {
      connection.destroy(new AssociationRejected(event.rejection));
    } else throw new ProtocolError(abortReason.unexpectedPdu, `${event.kind} does not belong here`);
  }
  void connection.closed.then((reason) => {
    opened.reject(reason);
    association?.fail(reason);
  });
  connection
    .run(() => association?.touch(), onEvent)
    .catch((cause: unknown) => {
      const why = cause instanceof ProtocolError ? cause.message : 'internal failure';
      connection.destroy(new PeerDisconnected(`association broke: ${why}`, { cause }));
    });
  const timer = setTimeout(() => {
    connection.destroy(new PeerDisconnected(`no answer to the association request within ${timeoutMs} ms`));
  }, timeoutMs);
  try {
    await Promise.all([connection.write([encodeAssociateRequest(request)]), opened.promise]);
    return await opened.promise;
  } finally {
    clearTimeout(timer);
  }
}
