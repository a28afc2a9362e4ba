import { createHash, randomUUID } from 'node:crypto';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { Ctx } from '../context.ts';
import type { Deps } from '../deps.ts';
import type { Acknowledgement } from '../mllp/acknowledge.ts';
import type { Hl7Message, TakeMessage } from '../mllp/answering.ts';
import type { MessageHeader } from '../mllp/message-header.ts';
import { readSegments } from '../mllp/segments.ts';
import { findSender, senderNames } from './find-sender.ts';
import { answerOf, answerTypes, type Done, StoredAnswer } from './hl7-answer.ts';
import { orderMessage } from './hl7-groups.ts';
import { followOrders } from './hl7-orders.ts';
import type { MllpRefusals } from './mllp-refusals.ts';
import { recordRefusal } from './refused-orders.ts';
import * as receipts from './sender-store.ts';
import { systemPlace } from './system-place.ts';
import { thoughMeeting } from './though-meeting.ts';

type Part = Pick<Deps, 'db' | 'clock' | 'log'>;

/**
 * Takes the orders of registered systems. The answer comes after the commit; a control id that was taken before is
 * answered as it was then, and nothing is done twice.
 */
export function takingHl7(deps: Part, refusals: MllpRefusals): TakeMessage {
  return async (message, remote) => {
    const { address } = remote;
    const ctx: Ctx = {
      ...{ requestId: randomUUID(), address, userAgent: null, language: 'zh', log: deps.log },
      actor: await findSender(deps, message.header, remote).catch((cause: unknown) => {
        if (cause instanceof HubError)
          refusals.note({ reason: cause.code, address, names: senderNames(message.header) });
        throw cause;
      }),
      setSessionCookie: () => undefined,
    };
    try {
      assertTaken(message.header);
      return await thoughMeeting(() => deps.db.transaction((tx) => takeOnce(tx, ctx, message, deps.clock.now())));
    } catch (cause) {
      await recordRefusal(deps.db, ctx, 'hl7', cause);
      throw cause;
    }
  };
}

/** @throws what says that another message is wanted, or the same one mended in its header */
function assertTaken({ type, version, processingId, controlId }: MessageHeader): void {
  const refuse = (field: string, expected: string, code: string) =>
    new HubError('unsupported-media-type', { fields: [{ field, expected, code }] });
  const [kind = '', event = ''] = type;
  if (!answerTypes[`${kind}^${event}`]) throw refuse('MSH-9', Object.keys(answerTypes).join(', '), '200');
  // A message of a training system must not become somebody's examination.
  if (processingId !== 'P') throw refuse('MSH-11', 'P', '202');
  if (!/^2\.[3-9]/.test(version)) throw refuse('MSH-12', '2.5.1', '203');
  if (controlId.length > 199) throw new HubError('bad-input', { field: 'MSH-10', expected: 'at most 199 characters' });
}

async function takeOnce(tx: Tx, ctx: Ctx, { header, text }: Hl7Message, now: Date): Promise<Acknowledgement> {
  const place = await systemPlace(tx, ctx);
  const senderId = ctx.actor.kind === 'machine' ? ctx.actor.tokenId : '';
  const { controlId } = header;
  const segments = readSegments(header, text);
  // The header of a repeat may have another time; what it asks for is the same.
  const body = text.slice(text.search(/[\r\n]/)).replace(/[\r\n]+/g, '\r');
  const digest = createHash('sha256')
    .update(`${header.type.join('^')}${body}`)
    .digest('hex');
  const before = await receipts.claimReceipt(tx, { senderId, controlId, digest, at: now });
  if (before) {
    if (before.digest !== digest)
      throw new HubError('already-exists', {
        fields: [{ field: 'MSH-10', expected: 'a control id that was not used for another message' }],
      });
    return { ...StoredAnswer.parse(before.answer), at: before.at };
  }
  const done: Done[] = await followOrders(tx, ctx, place, { header, message: orderMessage(segments) }, now);
  const answer = answerOf(header, done);
  await receipts.writeAnswer(tx, senderId, controlId, answer);
  return { ...answer, at: now };
}
