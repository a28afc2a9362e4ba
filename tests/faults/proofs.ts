import { jobs, queueOf } from '@lianzhen/contracts/jobs.ts';
import type { Db } from '@lianzhen/db/client.ts';
import { readHeader } from '@lianzhen/dicom/header.ts';
import { createLog } from '@lianzhen/platform/log.ts';
import { openQueue } from '@lianzhen/platform/queues.ts';
import { connectRedis } from '@lianzhen/platform/redis.ts';
import type { SyntheticInstance } from '../factories/dicom.ts';
import type { Caller } from '../factories/hub-client.ts';
import { partsOf } from '../factories/modality.ts';

/** Whole studies over WADO-RS: the stored bytes of every instance, each as often as the hub gives it. */
export async function retrieve(caller: Caller, studyInstanceUids: Iterable<string>): Promise<Map<string, Buffer[]>> {
  const found = new Map<string, Buffer[]>();
  for (const study of studyInstanceUids) {
    const accept = 'multipart/related; type="application/dicom"; transfer-syntax=*';
    const response = await caller.fetch(`/dicomweb/studies/${study}`, { headers: { accept } });
    if (!response.ok) throw new Error(`study ${study}: HTTP ${response.status} ${await response.text()}`);
    const bytes = Buffer.from(await response.arrayBuffer());
    for (const file of partsOf(response.headers.get('content-type') ?? '', bytes)) {
      const { sopInstanceUid } = headerOf(file);
      found.set(sopInstanceUid, [...(found.get(sopInstanceUid) ?? []), file]);
    }
  }
  return found;
}

function headerOf(file: Buffer) {
  const header = readHeader(file, { isComplete: true });
  if (header === 'need-more') throw new Error('a whole file cannot need more');
  return header;
}

export const studyOf = ({ bytes }: SyntheticInstance): string => headerOf(bytes).studyInstanceUid;

/** C-STORE carries the dataset alone; the receiver writes the rest of the file. */
export const datasetOf = (file: Buffer): Buffer => file.subarray(headerOf(file).datasetOffset);

/** What is still promised, waiting, running or given up in outbox and queues; all zero when the hub is at rest. */
export async function unfinished(db: Db, redisUrl: string): Promise<Record<string, number>> {
  const redis = connectRedis(redisUrl, createLog('test', 'silent'), 'queue');
  try {
    const names = [...new Set(jobs.map(({ name }) => queueOf(name)))];
    const counts: Record<string, number> = { outbox: await db.outbox.count() };
    for (const name of names) {
      const queue = openQueue(name, redis);
      const states = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized', 'failed');
      for (const [state, count] of Object.entries(states)) if (count > 0) counts[`${name} ${state}`] = count;
      await queue.close();
    }
    return counts;
  } finally {
    redis.disconnect();
  }
}
