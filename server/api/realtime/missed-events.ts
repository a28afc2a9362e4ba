import {
  ChangeEvent,
  eventsKeptMs,
  type MissedAnswer,
  type MissedQuestion,
  mostMissed,
} from '@lianzhen/contracts/events.ts';
import type { Deps } from '../deps.ts';
import * as store from './store.ts';

/**
 * What a socket has not heard of its own streams. Positions are read first: what is told between the two reads is
 * among the events, and counted by whoever asks.
 * @param streams those that this socket hears; whatever else it asks for is not answered
 */
export async function missedEvents(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  streams: readonly string[],
  { heard, sinceMs }: MissedQuestion,
): Promise<MissedAnswer> {
  const positions = new Map(streams.map((stream) => [stream, 0]));
  for (const { name, position } of await store.positions(db, [...streams])) positions.set(name, Number(position));
  const known = new Map(Object.entries(heard).filter(([stream]) => positions.has(stream)));
  const others = streams.filter((stream) => !known.has(stream));
  const since = new Date(clock.now().getTime() - sinceMs);
  const rows = await store.eventsAfter(db, known, others, since, mostMissed + 1);
  const events = rows
    .slice(0, mostMissed)
    .map(({ stream, position, topic, objectId, revision }) =>
      ChangeEvent.parse({ stream, seq: Number(position), topic, id: objectId, revision }),
    );
  const isWhole =
    rows.length <= mostMissed &&
    (others.length === 0 || sinceMs <= eventsKeptMs) &&
    [...known].every(([stream, last]) => isGapless(events, stream, last, positions.get(stream) ?? 0));
  return { positions: Object.fromEntries(positions), events, isWhole };
}

/** A number beyond the stream's own was heard from a store that is no more. */
function isGapless(events: readonly ChangeEvent[], stream: string, last: number, position: number): boolean {
  if (last > position) return false;
  const found = events.filter((event) => event.stream === stream && event.seq <= position);
  return found.length === position - last;
}
