import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Clock } from '@lianzhen/platform/clock.ts';
import type { Log } from '@lianzhen/platform/log.ts';
import { type Acknowledgement, acknowledge } from './acknowledge.ts';
import { failureAck } from './failure.ts';
import type { MessageHandler, Remote } from './message-handler.ts';
import { type Charset, decodeMessage, type MessageHeader, readHeader } from './message-header.ts';

/** A message whose MSH was read. The segments are not parsed yet: that is for whoever knows the message's type. */
export interface Hl7Message {
  header: MessageHeader;
  text: string;
}
export type TakeMessage = (message: Hl7Message, remote: Remote) => Promise<Acknowledgement>;

interface Answering {
  log: Log;
  clock: Clock;
  /** Told of what could not even be read; what `take` refuses is its own affair. */
  onUnreadable?: (header: MessageHeader, remote: Remote, cause: unknown) => Promise<void>;
}

/**
 * Makes a connection's handler of a function that takes messages: reads character set and header, builds the answer,
 * and maps what is thrown. AA must mean that the message is committed: `take` resolves after that and not before.
 * @throws HubError `malformed-request` where there is no MSH, for then nothing can be answered
 */
export function answering({ log, clock, onUnreadable }: Answering, take: TakeMessage): MessageHandler {
  return async (bytes, remote) => {
    // Read as single bytes first, so that a message in a wrong character set can be answered too.
    const header = readHeader(Buffer.from(bytes).toString('latin1'));
    if (!header) throw new HubError('malformed-request', { field: 'MSH', expected: 'MSH as the first segment' });
    const answer: { header: MessageHeader; charset: Charset } = { header, charset: 'UNICODE UTF-8' };
    const ack = await attempt(log, remote, async () => {
      const message = await readMessage(bytes, header).catch(async (cause: unknown) => {
        await onUnreadable?.(header, remote, cause);
        throw cause;
      });
      Object.assign(answer, message);
      return take(message, remote);
    });
    return acknowledge(answer.header, ack, ack.at ?? clock.now(), answer.charset);
  };
}

async function readMessage(bytes: Buffer, asBytes: MessageHeader): Promise<Hl7Message & { charset: Charset }> {
  const { text, charset } = decodeMessage(bytes);
  const header = readHeader(text) ?? asBytes;
  if (header.controlId === '') throw new HubError('bad-input', { field: 'MSH-10', expected: 'a control id' });
  const at = textOf(header).findIndex((value) => /\p{Cc}/u.test(value));
  if (at >= 0) throw new HubError('bad-input', { field: `MSH-${at + 3}`, expected: 'no control characters' });
  return { header, text, charset };
}

/** From MSH-3 on, as far as something is made of it; empty where it says nothing that is kept. */
const textOf = (header: MessageHeader): string[] => [
  ...[header.sendingApplication, header.sendingFacility, header.receivingApplication, header.receivingFacility],
  ...['', '', header.type.join(''), header.controlId],
];

/** The answer is the place for what went wrong; what is our own fault is logged as well. */
async function attempt(log: Log, remote: Remote, work: () => Promise<Acknowledgement>): Promise<Acknowledgement> {
  try {
    return await work();
  } catch (cause) {
    const ack = failureAck(cause);
    const bound = { err: cause, address: remote.address, code: ack.code };
    if (cause instanceof HubError && ack.code === 'AE') log.info(bound, 'an HL7 message was refused');
    else log.error(bound, 'an HL7 message could not be taken');
    return ack;
  }
}
