import { setTimeout as wait } from 'node:timers/promises';
import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { type Caller, HubRefusal } from '../factories/hub-client.ts';
import { findings, type Line, orderOf } from '../factories/line.ts';
import type { Tally } from './tally.ts';

const { orders, worklist, reporting } = hubContract;
const pauseMs = 100;

/** Notes a refusal and waits a moment, as a person does before the next click. Anything else is an error of the test. */
async function shrug(cause: unknown, who: string, tally: Tally): Promise<void> {
  if (!(cause instanceof HubRefusal)) throw cause;
  tally.note(`${who} ${cause.code}`, cause.message);
  await wait(pauseMs);
}

/** Clicks until it works. */
export async function persist<T>(act: () => Promise<T>, who: string, tally: Tally): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (cause) {
      await shrug(cause, who, tally);
    }
  }
}

/** The township doctor's request. Sent from a draft, as the page does, so that a repeated click is one order. */
export async function placeOrder(line: Line, tally: Tally): Promise<{ id: string; accessionNumber: string }> {
  const content = { purpose: '排除肺炎' };
  const draft = await persist(
    () => line.doctor.call(orders.createDraft, { facilityId: line.townshipId, content }),
    'doctor',
    tally,
  );
  const body = { ...orderOf(line), draftId: draft.id };
  const order = await persist(() => line.doctor.call(orders.send, body), 'doctor', tally);
  return { id: order.id, accessionNumber: order.exams[0]?.accessionNumber ?? '' };
}

type Act = (caller: Caller) => Promise<boolean>;

/**
 * Somebody who works for as long as there is something to do. What breaks in the middle is left as it is: the case comes
 * back by itself when the lease is over, or was done after all.
 */
export function keepWorking(caller: Caller, who: string, act: Act, tally: Tally): () => Promise<void> {
  let isOver = false;
  const run = async () => {
    while (!isOver) {
      try {
        if (!(await act(caller))) await wait(pauseMs);
      } catch (cause) {
        await shrug(cause, who, tally);
      }
    }
  };
  const running = run();
  return () => {
    isOver = true;
    return running;
  };
}

/** Takes the next case, writes twice as one does who types, and signs. @returns whether there was one */
export async function readNext(reader: Caller): Promise<boolean> {
  const { case: claimed } = await reader.call(worklist.next, { purpose: 'read' });
  if (!claimed) return false;
  const { leaseToken } = claimed;
  let { id, revision } = await reader.call(reporting.ofCase, { caseId: claimed.id });
  for (const text of ['', '心影不大。']) {
    ({ revision } = await reader.call(reporting.saveDraft, { id, revision, leaseToken, ...findings(text) }));
  }
  await reader.call(reporting.submit, { id, revision, leaseToken });
  return true;
}

/** Takes the next report that waits for review, and signs. A click whose answer is lost is repeated. */
export async function reviewNext(reviewer: Caller): Promise<boolean> {
  const { case: claimed } = await reviewer.call(worklist.next, { purpose: 'review' });
  if (!claimed) return false;
  const { id, revision } = await reviewer.call(reporting.ofCase, { caseId: claimed.id });
  const approve = () => reviewer.call(reporting.approve, { id, revision, leaseToken: claimed.leaseToken });
  // Twice at once: a double click signs once.
  const clicks = await Promise.allSettled([approve(), approve()]);
  const failed = clicks.filter((click) => click.status === 'rejected');
  if (failed.length === clicks.length) throw (failed[0] as PromiseRejectedResult).reason;
  return true;
}
