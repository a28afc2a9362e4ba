import { OutboxEvent } from '@lianzhen/contracts/events.ts';
import type { JobDefinition } from '@lianzhen/contracts/jobs.ts';
import type { z } from 'zod';
import type { Tx } from './client.ts';

/**
 * Promises a job with the caller's transaction: it runs if, and only if, the transaction commits.
 * While one with the same key waits to be relayed, this adds nothing but holds that row until the caller has committed:
 * otherwise the waiting job could run just before the commit and miss what it was promised for.
 * @param runAt not before this moment
 */
export async function enqueue<P extends z.ZodType>(
  tx: Tx,
  job: JobDefinition<P>,
  payload: z.infer<P>,
  runAt?: Date,
): Promise<void> {
  const parsed = job.payload.parse(payload);
  await tx.$executeRaw`
    INSERT INTO "Outbox" ("kind", "name", "key", "payload", "runAt")
    VALUES ('job', ${job.name}, ${job.key(parsed)}, ${JSON.stringify(parsed)}::json, ${runAt ?? null})
    ON CONFLICT ("key") DO UPDATE SET "payload" = EXCLUDED."payload"`;
}

/**
 * Tells the browsers of some facilities to look again, once the transaction has committed. An event of a wrong shape fails
 * here, with its own transaction: in the outbox it would stand in the way of every other.
 */
export async function emit(tx: Tx, event: OutboxEvent): Promise<void> {
  const parsed = OutboxEvent.parse(event);
  await tx.$executeRaw`
    INSERT INTO "Outbox" ("kind", "name", "payload") VALUES ('event', ${parsed.topic}, ${JSON.stringify(parsed)}::json)`;
}
