import { type Command, decodeCommand } from './command-set.ts';
import { DatasetBody } from './dataset-body.ts';
import { abortReason, ProtocolError } from './failures.ts';
import type { DimseLimits } from './limits.ts';
import type { DataFragment } from './pdu.ts';

/** An accepted presentation context. */
export interface MessageContext {
  id: number;
  abstractSyntax: string;
  transferSyntax: string;
}

export interface Message {
  context: MessageContext;
  command: Command;
  /** The data set while it arrives; absent when the command says there is none. */
  body: DatasetBody | undefined;
}

export type MessageLimits = Pick<DimseLimits, 'commandBytes' | 'instanceBytes' | 'identifierBytes' | 'bufferedBytes'>;

/**
 * Puts fragments together to messages (PS3.7 §6.3, PS3.8 annex E). The command is gathered, up to its limit; the data
 * set flows into the body of its message. Whatever comes in an order that no message has is a ProtocolError.
 */
export class MessageReader {
  readonly #contexts: ReadonlyMap<number, MessageContext>;
  readonly #limits: MessageLimits;
  /** Which commands carry an instance; all others carry something small. */
  readonly #isStore: (commandField: number) => boolean;
  readonly #onMessage: (message: Message) => Promise<void> | undefined;
  #command: Buffer[] = [];
  #commandBytes = 0;
  #commandContext: number | undefined;
  #receiving: { message: Message; body: DatasetBody; mostBytes: number } | undefined;

  constructor(
    contexts: ReadonlyMap<number, MessageContext>,
    limits: MessageLimits,
    isStore: (commandField: number) => boolean,
    onMessage: (message: Message) => Promise<void> | undefined,
  ) {
    this.#contexts = contexts;
    this.#limits = limits;
    this.#isStore = isStore;
    this.#onMessage = onMessage;
  }

  /** Whether a message has begun whose end has not arrived. */
  get isMidMessage(): boolean {
    return this.#receiving !== undefined || this.#commandContext !== undefined;
  }

  /** Takes the next fragment; the promise, if there is one, resolves when the next may come. */
  feed(fragment: DataFragment): Promise<void> | undefined {
    const context = this.#contexts.get(fragment.contextId);
    if (!context) {
      throw new ProtocolError(abortReason.invalidParameter, `data on context ${fragment.contextId}, not accepted`);
    }
    return fragment.isCommand ? this.#takeCommand(fragment, context) : this.#takeData(fragment);
  }

  /** The connection is gone: a body still being received ends with `error`. */
  fail(error: Error): void {
    this.#receiving?.body.fail(error);
    this.#receiving = undefined;
  }

  #takeCommand({ bytes, isLast }: DataFragment, context: MessageContext): Promise<void> | undefined {
    if (this.#receiving) throw unexpected('a command arrived inside a data set');
    if (this.#commandContext !== undefined && this.#commandContext !== context.id) {
      throw unexpected('a command changes its presentation context');
    }
    this.#commandContext = context.id;
    this.#commandBytes += bytes.length;
    if (this.#commandBytes > this.#limits.commandBytes) {
      const message = `command set is longer than ${this.#limits.commandBytes} bytes`;
      throw new ProtocolError(abortReason.invalidParameter, message, 'limit');
    }
    // What was fed is its owner's again once this returns.
    this.#command.push(Buffer.from(bytes));
    if (this.#command.length > 64) this.#command = [Buffer.concat(this.#command)];
    if (!isLast) return;
    const command = decodeCommand(Buffer.concat(this.#command));
    this.#command = [];
    this.#commandBytes = 0;
    this.#commandContext = undefined;
    return this.#onMessage(this.#begin(command, context));
  }

  #begin(command: Command, context: MessageContext): Message {
    if (!command.hasDataset) return { context, command, body: undefined };
    const { instanceBytes, identifierBytes, bufferedBytes } = this.#limits;
    const mostBytes = this.#isStore(command.commandField) ? instanceBytes : identifierBytes;
    const body = new DatasetBody({ bufferedBytes, mostBytes });
    const message = { context, command, body };
    this.#receiving = { message, body, mostBytes };
    return message;
  }

  #takeData({ bytes, isLast, contextId }: DataFragment): Promise<void> | undefined {
    const receiving = this.#receiving;
    if (!receiving) throw unexpected('a data set arrived without its command');
    const { message, body, mostBytes } = receiving;
    if (message.context.id !== contextId) throw unexpected('a data set changes its presentation context');
    const wait = body.push(bytes);
    if (body.received > 2 * mostBytes) {
      throw new ProtocolError(abortReason.notSpecified, `data set goes on beyond ${2 * mostBytes} bytes`, 'limit');
    }
    if (isLast) {
      this.#receiving = undefined;
      body.complete();
    }
    return wait;
  }
}

const unexpected = (message: string) => new ProtocolError(abortReason.unexpectedParameter, message);
