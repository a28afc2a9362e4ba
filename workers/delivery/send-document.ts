import { createHash } from 'node:crypto';
import type { Payload, sendDocument } from '@lianzhen/contracts/jobs.ts';
import { outboundRule } from '@lianzhen/platform/outbound.ts';
import type { WorkerDeps } from '../deps.ts';
import type { Adapter } from './adapters/adapter.ts';
import { describeFailure, unanswered } from './answers.ts';
import { closeAttempt, type Result } from './close-attempt.ts';
import { attemptMs } from './pace.ts';
import { resolveDestination } from './resolve-destination.ts';
import { type Taken, takeDelivery, timeoutOf } from './take-delivery.ts';

export type Adapters = Readonly<Record<Taken['destination']['kind'], Adapter>>;
export type SendDeps = Pick<WorkerDeps, 'db' | 'blobs' | 'clock' | 'log' | 'config'>;

/**
 * Sends one delivery once. Truth is in PostgreSQL: the attempt is opened before anything leaves and closed with the
 * answer; a worker that dies in between leaves an attempt that is taken over later. When to try again is written with
 * the delivery, so the job itself never fails because of the other side.
 */
export async function handleSendDocument(
  deps: SendDeps & { adapters: Adapters },
  { deliveryId }: Payload<typeof sendDocument>,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const taken = await deps.db.transaction((tx) => takeDelivery(tx, deliveryId, deps.clock.now()));
  if (!taken) return;
  // Whoever lasts longer is taken for dead, and another sends the same.
  const limit = AbortSignal.any([signal, AbortSignal.timeout(attemptMs(timeoutOf(taken.destination)))]);
  const result = await attempt(deps, taken, limit);
  const pace = { now: deps.clock.now(), retryBaseMs: deps.config.HUB_RETRY_BASE_MS, chance: Math.random() };
  await deps.db.transaction((tx) => closeAttempt(tx, taken, result, pace));
}

/** An attempt always ends in a result: what was thrown is one too, and it is kept with the attempt. */
async function attempt(deps: SendDeps & { adapters: Adapters }, taken: Taken, signal: AbortSignal): Promise<Result> {
  const { id, destination, document, content, contentHash, trace } = taken;
  try {
    const bytes = await deps.blobs.read(document.place);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== document.sha256) throw unanswered('document-missing', 'SHA-256');
    const addresses = await resolveDestination(outboundRule(deps.config), destination, signal);
    const to = { ...destination, addresses, secrets: deps.config.HUB_DESTINATION_SECRETS };
    return await deps.adapters[destination.kind](
      { form: document.form, bytes },
      to,
      { id, content, contentHash, trace },
      signal,
    );
  } catch (cause) {
    const bound = { err: cause, deliveryId: id, destinationId: destination.id, attempt: taken.attempt };
    deps.log.warn(bound, 'a delivery attempt failed');
    return { outcome: 'failed', answer: describeFailure(cause) };
  }
}
