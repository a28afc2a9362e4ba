import { createHash } from 'node:crypto';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { uidFrom } from '@lianzhen/dicom/uid.ts';
import type { Ctx } from '../../context.ts';
import type { Received, Source } from '../../imaging/arrival.ts';
import type { IntakeDeps } from '../../imaging/intake-deps.ts';
import { receiveInstance } from '../../imaging/receive-instance.ts';
import { stowSource } from '../../imaging/stow-source.ts';
import { keepTrace, type TraceArrival } from './keep-trace.ts';
import { nameKnownTrace } from './name-known-trace.ts';
import { namedExam } from './named-exam.ts';
import type { PreparedTrace, PrepareTask } from './prepare-trace.ts';
import type { ReceiveDeps, SentTrace, TakenTrace } from './sent-trace.ts';
import * as store from './store.ts';

/**
 * Takes in a recording of any format. Its bytes are safe first, then the instance that is made of it, then the trace: a
 * process that dies in between leaves nothing that the same upload again, which has the same identifiers, does not complete.
 * @throws `unauthenticated`, `forbidden`, `not-found`, `ecg-invalid` with where; `already-exists` for the same bytes
 * that are another order's by now; `same-uid-other-bytes`
 */
export async function receiveTrace(
  { deps, intake, pool }: ReceiveDeps,
  ctx: Ctx,
  sent: SentTrace,
): Promise<TakenTrace> {
  const source: Source = { ...stowSource(ctx, sent.facilityCode), door: 'ecg-upload' };
  const { facilityId } = source;
  const sha256 = createHash('sha256').update(sent.bytes).digest('hex');
  const { exam, known } = await deps.db.transaction(async (tx) => ({
    exam: await namedExam(tx, facilityId, sent),
    known: await store.sameBytes(tx, facilityId, sha256),
  }));
  if (known) return nameKnownTrace(deps, ctx, known, exam);
  const task = taskOf(facilityId, sha256, sent.bytes, exam, deps.clock.now());
  const prepared = await pool.prepare(task);
  const original = prepared.made ? await keepOriginal(deps, sent.bytes) : null;
  const received = await storeInstance(intake, source, prepared, task, sent.bytes).catch(async (cause: unknown) => {
    if (original) await deps.blobs.discard(original.place);
    throw cause;
  });
  const arrival: TraceArrival = { facilityId, sha256, original, prepared, received, exam, sent };
  return keepTrace(deps, ctx, arrival);
}

/** Identifiers that the same bytes of the same facility have again. */
function taskOf(
  facilityId: string,
  sha256: string,
  bytes: Buffer,
  exam: store.NamedExam | null,
  now: Date,
): PrepareTask {
  const uid = (what: string) => uidFrom(`ecg ${what} ${facilityId} ${sha256}`);
  const patient = exam?.order.patient;
  const sexes: Readonly<Record<string, string>> = { male: 'M', female: 'F' };
  return {
    bytes,
    identity: {
      sopInstanceUid: uid('instance'),
      seriesInstanceUid: uid('series'),
      studyInstanceUid: exam?.studyInstanceUid ?? uid('study'),
      accessionNumber: exam?.accessionNumber ?? null,
      now,
    },
    patient: patient
      ? {
          name: patient.name,
          sex: sexes[patient.sex] ?? null,
          birthDate: patient.birthDate?.toISOString().slice(0, 10).replaceAll('-', '') ?? null,
        }
      : null,
  };
}

const keepOriginal = ({ blobs, config }: ReceiveDeps['deps'], bytes: Buffer) =>
  blobs.write(piecesOf(bytes), { maxBytes: config.HUB_MAX_INSTANCE_BYTES });

async function storeInstance(
  intake: IntakeDeps,
  source: Source,
  { made }: PreparedTrace,
  { identity }: PrepareTask,
  bytes: Buffer,
): Promise<Received> {
  if (!made) return accepted(await receiveInstance(intake, source, piecesOf(bytes), {}));
  const { sopInstanceUid } = identity;
  const body = Buffer.from(made.buffer, made.byteOffset, made.byteLength);
  // The time of making is in it, and who repeats an upload may name the order that he did not name before.
  const named = { ...source, isNamedByContent: true };
  return accepted(await receiveInstance(intake, named, piecesOf(body), { sopInstanceUid }));
}

function accepted(received: Received): Received {
  if (received.outcome === 'conflict') throw new HubError('same-uid-other-bytes');
  if (received.outcome === 'foreign')
    throw new HubError('forbidden', { reason: 'the study belongs to another facility' });
  return received;
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
