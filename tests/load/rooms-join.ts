import { randomUUID } from 'node:crypto';
import { comeIn, emptyRoom, growTo, type Person, type RoomHub, streamsIn } from './rooms-people.ts';
import { percentile } from './tables.ts';

export interface JoinStep {
  /** Who were there already. */
  people: number;
  streams: number;
  p50Ms: number;
  p95Ms: number;
}

/** How long one more person waits at the door of a room as it grows: from the socket until all streams may flow. */
export async function measureJoins(given: RoomHub, sizes: readonly number[], tries: number): Promise<JoinStep[]> {
  const room = randomUUID();
  const people: Person[] = [];
  const steps: JoinStep[] = [];
  for (const size of sizes) {
    await growTo(given, room, people, size);
    const streams = streamsIn(size);
    const waits: number[] = [];
    // The first one pays for what is made once for all.
    for (let at = -1; at < tries; at++) {
      const began = performance.now();
      const guest = await comeIn(given, room, 'observer', streams);
      if (at >= 0) waits.push(performance.now() - began);
      await guest.ask('leave', {});
      guest.close();
    }
    steps.push({ people: size, streams, p50Ms: percentile(waits, 50), p95Ms: percentile(waits, 95) });
  }
  await emptyRoom(people);
  return steps;
}
