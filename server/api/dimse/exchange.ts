import { type Command, commandField, responseBit } from './command-set.ts';
import type { Connection } from './connection.ts';
import { abortReason, ProtocolError } from './failures.ts';
import { Mailbox } from './mailbox.ts';
import { type Message, type MessageContext, type MessageLimits, MessageReader } from './message-reader.ts';
import { commandPdus, datasetPdus, streamedPdus } from './message-write.ts';
import type { DataFragment } from './pdu.ts';
import { type DimseStatus, isPending } from './status.ts';

/** A command to send; the message id and the data-set flag are filled in. */
export type NewCommand = Omit<Command, 'hasDataset' | 'messageId' | 'messageIdRespondedTo'>;

export type NewCommandFields = Partial<Omit<Command, 'hasDataset' | 'commandField'>>;

/**
 * The messages of one open association, in both directions: requests of the peer go to `onRequest`, responses to whoever
 * asked. It knows no service; it pairs, cuts into fragments and applies back-pressure.
 */
export class Exchange {
  readonly contexts: ReadonlyMap<number, MessageContext>;
  readonly #connection: Connection;
  readonly #fragmentBytes: number;
  readonly #reader: MessageReader;
  readonly #onAsking: (() => void) | undefined;
  readonly #outgoing = new Map<number, Mailbox>();
  #failure: Error | undefined;
  #lastMessageId = 0;

  constructor(options: {
    connection: Connection;
    contexts: ReadonlyMap<number, MessageContext>;
    fragmentBytes: number;
    limits: MessageLimits;
    onRequest: (message: Message) => Promise<void> | undefined;
    /** A request of ours has begun to wait for its answer, or no longer does. */
    onAsking?: () => void;
  }) {
    this.#onAsking = options.onAsking;
    this.contexts = options.contexts;
    this.#connection = options.connection;
    this.#fragmentBytes = options.fragmentBytes;
    const isStore = (field: number) => field === commandField.store;
    this.#reader = new MessageReader(options.contexts, options.limits, isStore, (message) =>
      message.command.commandField & responseBit ? this.#takeResponse(message) : options.onRequest(message),
    );
  }

  get isMidMessage(): boolean {
    return this.#reader.isMidMessage;
  }
  /** Whether we have asked the peer something it has not answered yet. */
  get isAsking(): boolean {
    return this.#outgoing.size > 0;
  }

  feed(fragment: DataFragment): Promise<void> | undefined {
    return this.#reader.feed(fragment);
  }

  /** The association is over: everybody who waits for the peer gets `error`. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#reader.fail(error);
    for (const mailbox of this.#outgoing.values()) mailbox.fail(error);
    this.#outgoing.clear();
  }

  /** Answers `request`, echoing what PS3.7 wants echoed. An identifier goes along with a pending C-FIND response. */
  async respond(request: Message, status: DimseStatus, more?: NewCommandFields, dataset?: Buffer): Promise<void> {
    const { context, command } = request;
    const response: Command = {
      commandField: command.commandField | responseBit,
      messageIdRespondedTo: command.messageId ?? 0,
      affectedSopClassUid: command.affectedSopClassUid ?? command.requestedSopClassUid,
      affectedSopInstanceUid: command.affectedSopInstanceUid ?? command.requestedSopInstanceUid,
      status: status.code,
      errorComment: status.comment || undefined,
      ...more,
      hasDataset: dataset !== undefined,
    };
    const parts = commandPdus(context.id, response, this.#fragmentBytes);
    if (dataset) parts.push(...datasetPdus(context.id, dataset, this.#fragmentBytes));
    await this.#connection.write(parts);
  }

  /**
   * Sends a request and yields its responses, the last of which is not pending. A response's body must be read or
   * discarded before the next is asked for. Throws PeerDisconnected when the association ends before.
   */
  async *ask(
    context: MessageContext,
    command: NewCommand,
    dataset?: Buffer | AsyncIterable<Buffer>,
    onSent?: (messageId: number) => void,
  ): AsyncGenerator<Message, void> {
    if (this.#failure) throw this.#failure;
    const messageId = this.#nextMessageId();
    const responses = new Mailbox();
    this.#outgoing.set(messageId, responses);
    try {
      await this.#send(context, { ...command, messageId, hasDataset: dataset !== undefined }, dataset);
      onSent?.(messageId);
      this.#onAsking?.();
      for (;;) {
        const message = await responses.next();
        yield message;
        if (!isPending(message.command.status)) return;
      }
    } finally {
      this.#outgoing.delete(messageId);
      this.#onAsking?.();
      responses.stop();
    }
  }

  /** Sends a request that has no response of its own (C-CANCEL). */
  async tell(context: MessageContext, command: Omit<Command, 'hasDataset'>): Promise<void> {
    await this.#connection.write(commandPdus(context.id, { ...command, hasDataset: false }, this.#fragmentBytes));
  }

  async #send(context: MessageContext, command: Command, dataset?: Buffer | AsyncIterable<Buffer>): Promise<void> {
    const parts = commandPdus(context.id, command, this.#fragmentBytes);
    if (dataset === undefined || Buffer.isBuffer(dataset)) {
      if (dataset) parts.push(...datasetPdus(context.id, dataset, this.#fragmentBytes));
      await this.#connection.write(parts);
      return;
    }
    await this.#connection.write(parts);
    for await (const pdu of streamedPdus(context.id, dataset, this.#fragmentBytes)) {
      const wait = this.#connection.write(pdu);
      if (wait) await wait;
    }
  }

  #nextMessageId(): number {
    do this.#lastMessageId = (this.#lastMessageId % 0xffff) + 1;
    while (this.#outgoing.has(this.#lastMessageId));
    return this.#lastMessageId;
  }

  #takeResponse(message: Message): Promise<void> | undefined {
    const outgoing = this.#outgoing.get(message.command.messageIdRespondedTo ?? -1);
    if (!outgoing) throw new ProtocolError(abortReason.notSpecified, 'a response arrived that nothing asked for');
    return outgoing.put(message);
  }
}
