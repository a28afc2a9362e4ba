import { setTimeout as wait } from 'node:timers/promises';
import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { type Caller, HubRefusal } from '../factories/hub-client.ts';
import { type Line, orderOf } from '../factories/line.ts';
import type { Tally } from './tally.ts';

const { orders } = hubContract;
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
