import { ChangeEvent, OutboxEvent, streamsOf } from '@lianzhen/contracts/events.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import * as outbox from './store.ts';

/**
 * Gives every event of a batch its number in each audience that may hear it, and keeps it for those who ask later.
 * @param rows of the outbox; what is no event is passed over
 * @returns what is to be told once the transaction has committed, oldest first
 */
export async function numberEvents(tx: Tx, rows: readonly outbox.OutboxRow[]): Promise<ChangeEvent[]> {
  const told = rows
    .filter(({ kind }) => kind === 'event')
    .flatMap(({ payload }) => {
      const event = OutboxEvent.parse(payload);
      return streamsOf(event).map((stream) => ({ ...event, stream }));
    });
  if (told.length === 0) return [];
  const numbers = await outbox.appendEvents(
    tx,
    told.map(({ stream, topic, id, revision }) => ({ stream, topic, objectId: id, revision })),
  );
  return told.map((event, at) => ChangeEvent.parse({ ...event, seq: numbers[at] }));
}
