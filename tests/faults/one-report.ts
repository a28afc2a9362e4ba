import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { vi } from 'vitest';
import { type Caller, machine } from '../factories/hub-client.ts';
import { imagesOf, type Line, orderOf } from '../factories/line.ts';
import { stowDoor } from '../factories/modality.ts';
import { readNext, reviewNext } from './people.ts';

const { orders, worklist } = hubContract;
const patience = { timeout: 30_000, interval: 100 };
let seeds = 1000;

/** An order whose images have come. @returns the order's and the case's id, once the case waits for a reader */
export async function caseToRead(line: Line): Promise<{ orderId: string; caseId: string; studyInstanceUid: string }> {
  const order = await line.doctor.call(orders.send, orderOf(line));
  const images = imagesOf(line, order.exams[0]?.accessionNumber ?? '', { instances: 2, rows: 64, seed: ++seeds });
  await stowDoor(machine(line.url, 'demo-device-T01'))(images, () => undefined);
  const studyInstanceUid = await vi.waitFor(async () => {
    const { state, studies } = await line.reader.call(worklist.read, { id: order.caseId });
    if (state !== 'ready' || !studies[0]) throw new Error(`the case is ${state}`);
    return studies[0].studyInstanceUid;
  }, patience);
  return { orderId: order.id, caseId: order.caseId, studyInstanceUid };
}

/** From the request to the reviewer's signature. Nothing else may be waiting in the queue. */
export async function signedReport(line: Line): ReturnType<typeof caseToRead> {
  const found = await caseToRead(line);
  await once(line.reader, readNext);
  await once(line.reviewer, reviewNext);
  return found;
}

const once = (caller: Caller, act: (caller: Caller) => Promise<boolean>): Promise<void> =>
  vi.waitFor(async () => {
    if (!(await act(caller))) throw new Error('nothing waits in the queue');
  }, patience);
