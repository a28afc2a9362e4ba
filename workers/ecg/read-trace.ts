import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Payload, readTrace } from '@lianzhen/contracts/jobs.ts';
import { openStoredTrace, type StoredTrace } from '@lianzhen/ecg/stored-trace.ts';
import { traceFactsOf } from '@lianzhen/ecg/trace-facts.ts';
import { storedSource } from '@lianzhen/platform/stored-source.ts';
import type { WorkerDeps } from '../deps.ts';
import { type Evaluation, evaluateTrace } from './evaluate-trace.ts';
import { keepEvaluation } from './keep-evaluation.ts';
import * as store from './store.ts';

/**
 * Reads a recording that has come in: its quality, its measurements, what is critical in it, and an overview of a long
 * one. Runs twice, late or beside itself without harm: what is read is left alone, and the row decides who was first.
 */
export async function handleReadTrace(
  deps: WorkerDeps,
  { traceId }: Payload<typeof readTrace>,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const { db, blobs, log } = deps;
  const trace = await store.readTrace(db, traceId);
  if (!trace || trace.readAt !== null) return;
  if (trace.state === 'picture') return keepEvaluation(deps, traceId, { kind: 'picture' });
  const instance = await store.instanceOf(db, trace.sopInstanceUid);
  if (!instance) throw new Error('a trace without its instance');
  let read: { stored: StoredTrace; evaluation: Evaluation };
  try {
    const stored = await openStoredTrace(storedSource(blobs, instance.blob, instance.size));
    read = { stored, evaluation: await evaluateTrace(deps, stored, signal) };
  } catch (cause) {
    // Nothing that a retry would change: a person has to look at it.
    if (!(cause instanceof HubError) || cause.code !== 'ecg-invalid') throw cause;
    log.warn({ traceId, code: cause.code }, 'a recording cannot be read');
    return keepEvaluation(deps, traceId, { kind: 'unreadable', error: cause.details });
  }
  const { stored, evaluation } = read;
  await keepEvaluation(deps, traceId, { kind: 'read', facts: traceFactsOf(stored), evaluation });
}
