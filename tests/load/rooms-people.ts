import { randomUUID } from 'node:crypto';
import {
  roomSocketPath,
  type SeatRole,
  type SignalInput,
  type SignalName,
  type SignalValue,
} from '@lianzhen/contracts/room-signals.ts';
import { systemClock } from '@lianzhen/platform/clock.ts';
import { readConfig } from '@lianzhen/platform/config.ts';
import { io, type Socket } from 'socket.io-client';
import { type Hub, startHub } from '../../docker/local/hub.ts';
import { roleSpecs } from '../../docker/local/roles.ts';
import { signJoinToken } from '../../server/api/consultation/join-token.ts';
import { rtpOf } from '../factories/room-streams.ts';

export interface RoomHub {
  hub: Hub;
  /** A ticket for a new seat in a room. */
  sign(consultationId: string, role: SeatRole): Promise<string>;
}

/** A whole hub without pages and people; its rooms are reached as browsers reach them, through the http role. */
export async function startRoomHub(): Promise<RoomHub> {
  let told: NodeJS.ProcessEnv = {};
  const hub = await startHub({
    demo: false,
    roles: (env) => {
      told = env;
      return roleSpecs(env);
    },
  });
  const config = readConfig(told);
  const sign = (consultationId: string, role: SeatRole) => {
    const seat = { seatId: randomUUID(), accountId: null, name: role, facilityName: '' };
    return signJoinToken({ config, clock: systemClock }, { consultationId, nodeId: 'node-1', role, ...seat });
  };
  return { hub, sign };
}

/** Somebody in a room by his socket alone: he asks what a browser asks, and his transports carry nothing. */
export interface Person {
  consumers: string[];
  /** Notices of one name that have come so far. */
  told(name: string): number;
  /** @throws the code with which the room refuses */
  ask<N extends SignalName>(name: N, input: SignalInput<N>): Promise<SignalValue<N>>;
  close(): void;
}

const answerMs = 60_000;

/** A certificate's digest of the right form (RFC 8122); nobody ever shakes hands with it. */
const fingerprint = { algorithm: 'sha-256', value: Array(32).fill('AB').join(':') };
const dtlsParameters = { role: 'client', fingerprints: [fingerprint] };

/**
 * Comes in as a page does: the socket, the seat, what one can play, the receiving transport; every stream is let flow as
 * soon as it is told of. Done when so many flow.
 */
export async function comeIn({ hub, sign }: RoomHub, room: string, role: SeatRole, streams: number): Promise<Person> {
  const token = await sign(room, role);
  const socket = io(hub.url, {
    path: roomSocketPath('node-1'),
    auth: { token, language: 'en' },
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
  });
  const counts = new Map<string, number>();
  socket.onAny((name: string) => counts.set(name, (counts.get(name) ?? 0) + 1));
  const consumers: string[] = [];
  const flowing = receiving(socket, streams, consumers);
  const person: Person = {
    consumers,
    told: (name) => counts.get(name) ?? 0,
    ask: (name, input) => ask(socket, name, input),
    close: () => void socket.disconnect(),
  };
  await new Promise<void>((resolve, reject) => void socket.once('connect', resolve).once('connect_error', reject));
  const { routerRtpCapabilities } = await person.ask('join', {});
  await person.ask('capabilities', { rtpCapabilities: routerRtpCapabilities });
  const { id: transportId } = await person.ask('createTransport', { direction: 'receive' });
  await person.ask('connectTransport', { transportId, dtlsParameters });
  await flowing;
  return person;
}

async function ask<N extends SignalName>(socket: Socket, name: N, input: SignalInput<N>): Promise<SignalValue<N>> {
  const answer = await socket.timeout(answerMs).emitWithAck(name, input);
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${JSON.stringify(answer.error.details)}`);
  return answer.value as SignalValue<N>;
}

function receiving(socket: Socket, streams: number, consumers: string[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  if (streams === 0) resolve();
  socket.on('newConsumer', ({ consumerId }: { consumerId: string }) => {
    ask(socket, 'resumeConsumer', { consumerId }).then(() => {
      consumers.push(consumerId);
      if (consumers.length === streams) resolve();
    }, reject);
  });
  socket.on('closed', ({ reason }: { reason: string }) => reject(new Error(`the room has closed: ${reason}`)));
  // Whoever waits is told; whoever has what he came for does not mind.
  promise.catch(() => undefined);
  return promise;
}

/** Speaks and is seen from now on, as far as the room knows. */
export async function speak(person: Person): Promise<void> {
  const { id: transportId } = await person.ask('createTransport', { direction: 'send' });
  await person.ask('connectTransport', { transportId, dtlsParameters });
  for (const source of ['microphone', 'camera'] as const) {
    const kind = source === 'microphone' ? 'audio' : 'video';
    await person.ask('produce', { requestId: randomUUID(), transportId, source, kind, rtpParameters: rtpOf(kind) });
  }
}

const speakers = 4;
/** Streams that somebody gets who comes into a room of so many. */
export const streamsIn = (people: number): number => 2 * Math.min(people, speakers);

/** Makes a room grow to so many: four speak and are seen, the others look on. */
export async function growTo(given: RoomHub, room: string, people: Person[], size: number): Promise<void> {
  while (people.length < size) {
    // Of one side: a session begins when both have met, and these rooms belong to no case that could know of it.
    const role = people.length < speakers ? 'expert' : 'observer';
    const person = await comeIn(given, room, role, streamsIn(people.length));
    if (people.length < speakers) await speak(person);
    people.push(person);
  }
}

/** One after the other, so that nobody who comes next finds a door that is busy with those who go. */
export async function emptyRoom(people: readonly Person[]): Promise<void> {
  for (const one of people) {
    await one.ask('leave', {});
    one.close();
  }
}
