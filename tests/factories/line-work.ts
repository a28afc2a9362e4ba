import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { vi } from 'vitest';
import { type Caller, machine } from './hub-client.ts';
import { findings, imagesOf, type Line, orderOf } from './line.ts';
import { stowDoor } from './modality.ts';

const { orders, worklist, reporting } = hubContract;
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

/** From the request to the reviewer's signature. */
export async function signedReport(line: Line): ReturnType<typeof caseToRead> {
  const found = await caseToRead(line);
  await write(line.reader, await line.reader.call(worklist.claim, { id: found.caseId, purpose: 'read' }));
  await approve(line.reviewer, await line.reviewer.call(worklist.claim, { id: found.caseId, purpose: 'review' }));
  return found;
}

/** Takes the next case and signs its report. @returns whether there was one */
export async function readNext(reader: Caller): Promise<boolean> {
  const { case: claimed } = await reader.call(worklist.next, { purpose: 'read' });
  if (claimed) await write(reader, claimed);
  return claimed !== null;
}

/** Takes the next report that waits for review, and signs. @returns whether there was one */
export async function reviewNext(reviewer: Caller): Promise<boolean> {
  const { case: claimed } = await reviewer.call(worklist.next, { purpose: 'review' });
  if (claimed) await approve(reviewer, claimed);
  return claimed !== null;
}

interface Held {
  id: string;
  leaseToken: string;
}

/** Saves twice, as one does who types, and signs as the writer. */
async function write(reader: Caller, { id: caseId, leaseToken }: Held): Promise<void> {
  let { id, revision } = await reader.call(reporting.ofCase, { caseId });
  for (const text of ['', '心影不大。']) {
    ({ revision } = await reader.call(reporting.saveDraft, { id, revision, leaseToken, ...findings(text) }));
  }
  await reader.call(reporting.submit, { id, revision, leaseToken });
}

/** Signs as the reviewer, with a double click. @throws what the second said where both failed */
async function approve(reviewer: Caller, { id: caseId, leaseToken }: Held): Promise<void> {
  const { id, revision } = await reviewer.call(reporting.ofCase, { caseId });
  const click = () => reviewer.call(reporting.approve, { id, revision, leaseToken });
  await Promise.any([click(), click()]).catch(({ errors }: AggregateError) => {
    throw errors[1];
  });
}
