import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { commandField } from './command-set.ts';
import type { Connection } from './connection.ts';
import { gather } from './dataset-body.ts';
import { Exchange, type NewCommand } from './exchange.ts';
import { abortReason, abortSource, DimseFailure, PeerDisconnected, ProtocolError } from './failures.ts';
import { decodeIdentifier, encodeIdentifier } from './identifier.ts';
import type { DimseLimits } from './limits.ts';
import type { Message, MessageContext } from './message-reader.ts';
import { fragmentBytes } from './message-write.ts';
import type { AssociateAccept, PduEvent } from './pdu.ts';
import { encodeAbort, encodeReleaseRequest, encodeReleaseResponse } from './pdu-encode.ts';
import { answerPeer } from './scu-answer.ts';
import type { ScuOptions } from './scu-options.ts';
import { type DimseStatus, isPending, statusCode } from './status.ts';
import { verificationSopClass } from './uids.ts';
import { Watchdog } from './watchdog.ts';

export interface InstanceToStore {
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
  /** The data set without file meta information, in the transfer syntax named. */
  body: Buffer | AsyncIterable<Buffer>;
}

export interface FindQuery {
  sopClassUid: string;
  identifier: DicomJson;
  /** Aborting it sends C-CANCEL; what still comes until the peer stops is yielded. */
  signal?: AbortSignal;
}

/** The user's side of an open association. Requests are sent one at a time; a second one waits for the first. */
export class ScuAssociation {
  readonly contexts: ReadonlyMap<number, MessageContext>;
  readonly #connection: Connection;
  readonly #exchange: Exchange;
  readonly #limits: DimseLimits;
  readonly #timeoutMs: number;
  readonly #watchdog: Watchdog;
  #turn: Promise<void> = Promise.resolve();
  #isReleasing = false;

  constructor(parts: {
    connection: Connection;
    contexts: ReadonlyMap<number, MessageContext>;
    accept: AssociateAccept;
    limits: DimseLimits;
    options: ScuOptions;
  }) {
    const { connection, contexts, accept, limits, options } = parts;
    this.contexts = contexts;
    this.#connection = connection;
    this.#limits = limits;
    this.#timeoutMs = options.timeoutMs;
    this.#watchdog = new Watchdog((what) => {
      connection.destroy(new PeerDisconnected(`no ${what} within ${options.timeoutMs} ms`));
    });
    this.#exchange = new Exchange({
      connection,
      contexts,
      fragmentBytes: fragmentBytes(accept.user.maxPduBytes, limits.pduBytes),
      limits,
      onRequest: (message) => {
        // Not awaited: its data set has yet to come over the connection that waits for this to return.
        void this.#answer(message, options);
      },
    });
  }

  /** The accepted context for a service, in the given transfer syntax if one is given; DimseFailure when there is none. */
  contextFor(abstractSyntax: string, transferSyntax?: string): MessageContext {
    for (const context of this.contexts.values()) {
      const isWanted = transferSyntax === undefined || context.transferSyntax === transferSyntax;
      if (context.abstractSyntax === abstractSyntax && isWanted) return context;
    }
    const wanted = transferSyntax ? `${abstractSyntax} in ${transferSyntax}` : abstractSyntax;
    throw new DimseFailure(statusCode.sopClassNotSupported, `peer did not accept ${wanted}`);
  }

  async echo(): Promise<DimseStatus> {
    const command = { commandField: commandField.echo, affectedSopClassUid: verificationSopClass };
    return this.request(this.contextFor(verificationSopClass), command);
  }

  /** Sends one instance, cut to the peer's PDU length as it is read. A body that throws ends the association. */
  async store(instance: InstanceToStore): Promise<DimseStatus> {
    const { sopClassUid, sopInstanceUid, transferSyntaxUid, body } = instance;
    const context = this.contextFor(sopClassUid, transferSyntaxUid);
    const command: NewCommand = {
      commandField: commandField.store,
      affectedSopClassUid: sopClassUid,
      affectedSopInstanceUid: sopInstanceUid,
      priority: 0,
    };
    return this.request(context, command, body);
  }

  /** Yields the matches. Throws DimseFailure when the peer ends with anything but success or cancel. */
  async *find(query: FindQuery): AsyncGenerator<DicomJson, void> {
    const context = this.contextFor(query.sopClassUid);
    const identifier = encodeIdentifier(query.identifier, context.transferSyntax);
    const command = { commandField: commandField.find, affectedSopClassUid: query.sopClassUid, priority: 0 };
    for await (const { command: answer, body } of this.#ask(context, command, identifier, query.signal)) {
      if (body && isPending(answer.status)) {
        yield decodeIdentifier(await gather(body), context.transferSyntax, this.#limits);
        continue;
      }
      body?.discard();
      const code = answer.status ?? statusCode.processingFailure;
      if (!isPending(code) && code !== statusCode.success && code !== statusCode.cancelled) {
        throw new DimseFailure(code, answer.errorComment ?? 'C-FIND failed');
      }
    }
  }

  /** Any request that has one response, of which the status is wanted. */
  async request(
    context: MessageContext,
    command: NewCommand,
    dataset?: Buffer | AsyncIterable<Buffer>,
  ): Promise<DimseStatus> {
    let status: DimseStatus = { code: statusCode.processingFailure };
    for await (const { command: answer, body } of this.#ask(context, command, dataset)) {
      body?.discard();
      status = { code: answer.status ?? statusCode.processingFailure, comment: answer.errorComment };
    }
    return status;
  }

  /** Ends the association in order. Resolves when the connection is closed, also when the peer is gone or does not answer. */
  async release(): Promise<void> {
    await this.#turn;
    if (!this.#connection.isOver) {
      this.#isReleasing = true;
      this.#watchdog.expect('answer to the release', this.#timeoutMs);
      await this.#connection.write([encodeReleaseRequest()])?.catch(() => undefined);
    }
    await this.#connection.closed;
  }

  abort(): void {
    const lastPdu = encodeAbort(abortSource.user, abortReason.notSpecified);
    const reason = new PeerDisconnected('association was aborted here');
    this.#connection.end(lastPdu, this.#timeoutMs, reason);
    this.fail(reason);
  }

  /** For the connection's owner: the next event, progress, the end. */
  take(event: PduEvent): Promise<void> | undefined {
    if (event.kind === 'data') return this.#exchange.feed(event);
    if (event.kind === 'release-response' && this.#isReleasing) {
      this.#connection.destroy(new PeerDisconnected('association was released'));
    } else if (event.kind === 'release-request') {
      const reason = new PeerDisconnected('peer released the association');
      this.#connection.end(encodeReleaseResponse(), this.#timeoutMs, reason);
      this.fail(reason);
    } else throw new ProtocolError(abortReason.unexpectedPdu, `${event.kind} does not belong here`);
  }
  touch(): void {
    this.#watchdog.touch();
  }
  fail(reason: Error): void {
    this.#watchdog.rest();
    this.#exchange.fail(reason);
  }

  async *#ask(
    context: MessageContext,
    command: NewCommand,
    dataset?: Buffer | AsyncIterable<Buffer>,
    signal?: AbortSignal,
  ): AsyncGenerator<Message, void> {
    const before = this.#turn;
    const turn = Promise.withResolvers<void>();
    this.#turn = turn.promise;
    await before;
    let isAnswered = false;
    let cancel: (() => void) | undefined;
    const onSent = (messageId: number) => {
      this.#watchdog.expect('response', this.#timeoutMs);
      cancel = () => this.#cancel(context, messageId);
      if (signal?.aborted) cancel();
      else signal?.addEventListener('abort', cancel);
    };
    try {
      for await (const message of this.#exchange.ask(context, command, dataset, onSent)) {
        isAnswered = !isPending(message.command.status);
        yield message;
      }
    } finally {
      if (cancel) signal?.removeEventListener('abort', cancel);
      this.#watchdog.rest();
      turn.resolve();
      // A request that was left half-sent or half-answered leaves nothing sensible to go on with.
      if (!isAnswered) this.abort();
    }
  }

  #cancel(context: MessageContext, messageIdRespondedTo: number): void {
    const told = this.#exchange.tell(context, { commandField: commandField.cancel, messageIdRespondedTo });
    // When this cannot be sent the association is over, and whoever reads the responses is told so.
    told.catch(() => undefined);
  }

  async #answer(message: Message, options: ScuOptions): Promise<void> {
    try {
      await answerPeer(this.#exchange, message, this.#limits, options);
    } catch (cause) {
      this.#connection.destroy(new PeerDisconnected('the peer could not be answered', { cause }));
    }
  }
}
