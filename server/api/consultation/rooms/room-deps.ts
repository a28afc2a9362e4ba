import type { Deps } from '../../deps.ts';
import type { MediaPool } from '../media/media-pool.ts';
import type { Recordings } from '../recording/record-room.ts';

/** What a room tells the case: when people met, and when it was over. */
export interface RoomFacts {
  sessionStarted(consultationId: string, at: Date): Promise<void>;
  sessionEnded(consultationId: string, at: Date): Promise<void>;
}

/** Times of a room, in milliseconds. */
export interface RoomTimes {
  /** How long a seat is kept for somebody whose network is gone. */
  awayMs: number;
  /** Changes of the view are told together, so often at the most. */
  viewMs: number;
  /** Who leads and rests on a frame for so long has looked at it. */
  lookedMs: number;
  /** How often the view is written down at the most. */
  keptMs: number;
  /** How often a node says that its rooms live. */
  aliveMs: number;
}
export const roomTimes: RoomTimes = { awayMs: 120_000, viewMs: 50, lookedMs: 1000, keptMs: 2000, aliveMs: 4000 };

export type RoomDeps = Pick<Deps, 'config' | 'log' | 'db' | 'clock'> & {
  pool: MediaPool;
  facts: RoomFacts;
  recordings: Recordings;
  times: RoomTimes;
};

/** In one room with its waiting people; more are refused. */
export const mostPeople = 300;
