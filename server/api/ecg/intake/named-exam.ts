import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import * as store from './store.ts';

/**
 * The exam that a recording was made for, as its sender names it: by the exam, or by the order where only one of its
 * exams can be meant. An order of another facility does not exist for him.
 * @throws `not-found`, `wrong-state` for one that was withdrawn, `bad-input` for one of another line or of several exams
 */
export async function namedExam(
  tx: Tx,
  facilityId: string,
  named: { orderId?: string; orderExamId?: string },
): Promise<store.NamedExam | null> {
  if (named.orderId === undefined && named.orderExamId === undefined) return null;
  const exams = await store.examsOf(tx, facilityId, named);
  const [first] = exams;
  if (!first) throw new HubError('not-found', { field: named.orderId === undefined ? 'orderExamId' : 'orderId' });
  if (first.order.line !== 'ecg') throw bad('orderId', 'an order of electrocardiograms');
  if (first.order.state === 'withdrawn') throw new HubError('wrong-state', { from: 'withdrawn' });
  const open = exams.filter(({ state }) => state !== 'cancelled');
  if (open.length === 0) throw new HubError('wrong-state', { from: 'cancelled' });
  const waiting = open.filter(({ state }) => state === 'scheduled');
  const [only, another] = waiting.length > 0 ? waiting : open;
  if (!only || another) throw bad('orderExamId', `one of ${open.map(({ id }) => id).join(', ')}`);
  return only;
}

const bad = (field: string, expected: string) => new HubError('bad-input', { fields: [{ field, expected }] });
