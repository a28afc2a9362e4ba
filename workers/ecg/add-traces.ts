import { readTrace } from '@lianzhen/contracts/jobs.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { enqueue } from '@lianzhen/db/outbox.ts';
import { ecgClass } from '@lianzhen/ecg/formats/dicom/ecg-classes.ts';
import * as store from './store.ts';

/** A waveform instance that was indexed. */
interface Indexed {
  instance: {
    sopInstanceUid: string;
    studyInstanceUid: string;
    sopClassUid: string;
    facilityId: string;
    receivedAt: Date;
  };
}

const classes: ReadonlySet<string> = new Set(Object.values(ecgClass));

/** Makes the traces of waveform instances, in the transaction that indexes them, and promises that they are read. */
export async function addTraces(tx: Tx, rows: readonly Indexed[]): Promise<void> {
  const waveforms = rows.filter(({ instance }) => classes.has(instance.sopClassUid));
  for (const { instance } of waveforms) {
    const { sopInstanceUid, studyInstanceUid, facilityId, receivedAt } = instance;
    const id = await store.addTrace(tx, { sopInstanceUid, studyInstanceUid, facilityId, receivedAt, format: 'dicom' });
    await enqueue(tx, readTrace, { traceId: id });
  }
}
