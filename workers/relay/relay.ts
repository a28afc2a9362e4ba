import { changeEventName } from '@lianzhen/contracts/events.ts';
import { type JobDefinition, jobs, queueOf } from '@lianzhen/contracts/jobs.ts';
import type { Db } from '@lianzhen/db/client.ts';
import type { Log } from '@lianzhen/platform/log.ts';
import { addJob } from '@lianzhen/platform/queues.ts';
import type { Queue } from 'bullmq';
import type { Server } from 'socket.io';
import { numberEvents } from './number-events.ts';
import * as outbox from './store.ts';

const batch = 200;
/** A notification can be missed; what is promised is never older than this before it is looked for. */
const lookEveryMs = 1000;
const jobByName = new Map<string, JobDefinition>(jobs.map((job) => [job.name, job]));

/**
 * Outbox -> BullMQ and outbox -> socket.io; nothing else enqueues. Rows are deleted in the transaction that hands them
 * on: a crash between the two hands them on again, and their id makes the second time harmless. An event gets its numbers in that transaction and is
 * told after it: what a crash keeps from being told leaves a gap, and who hears of the gap asks for it.
 */
export class Relay {
  #ended = false;
  #isWoken = false;
  #wake: () => void = () => undefined;
  #loop: Promise<void> | undefined;
  readonly #known: string[];
  private readonly db: Db;
  private readonly queues: ReadonlyMap<string, Queue>;
  private readonly io: Server;
  private readonly log: Log;

  constructor(db: Db, queues: ReadonlyMap<string, Queue>, io: Server, log: Log) {
    this.db = db;
    this.queues = queues;
    this.io = io;
    this.log = log;
    this.#known = [...jobByName.keys()].filter((name) => queues.has(queueOf(name)));
  }

  start(): void {
    this.#loop = this.#run();
  }

  async close(): Promise<void> {
    this.#ended = true;
    this.#nudge();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const stopListening = this.#listen();
    while (!this.#ended) {
      const moved = await this.#moveBatch().catch((err) => {
        this.log.warn({ err }, 'the relay waits for its stores');
        return 0;
      });
      if (moved < batch && !this.#isWoken) await this.#sleep();
      this.#isWoken = false;
    }
    await stopListening();
  }

  /** What is promised while a batch is under way must not wait for the clock. */
  #nudge(): void {
    this.#isWoken = true;
    this.#wake();
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, lookEveryMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Keeps one connection on LISTEN; while it is down the clock alone wakes the loop. */
  #listen(): () => Promise<void> {
    let stop: () => void = () => undefined;
    const listen = async (): Promise<void> => {
      while (!this.#ended) {
        const client = await this.db.pool.connect().catch(() => undefined);
        if (client) {
          client.on('notification', () => this.#nudge());
          const ended = new Promise<void>((resolve) => {
            stop = resolve;
            client.once('error', () => resolve());
            client.once('end', () => resolve());
          });
          const isListening = await client.query('LISTEN outbox').then(
            () => true,
            () => false,
          );
          if (isListening && !this.#ended) await ended;
          client.release(true);
        }
        if (!this.#ended) await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      }
    };
    const done = listen();
    return async () => {
      stop();
      await done;
    };
  }

  async #moveBatch(): Promise<number> {
    const { moved, events } = await this.db.transaction(async (tx) => {
      const rows = await outbox.takeRows(tx, this.#known, batch);
      for (const row of rows) if (row.kind === 'job') await this.#handOn(row);
      return { moved: rows.length, events: await numberEvents(tx, rows) };
    });
    for (const event of events) this.io.to(event.stream).emit(changeEventName, event);
    return moved;
  }

  async #handOn(row: outbox.OutboxRow): Promise<void> {
    const job = jobByName.get(row.name);
    const queue = this.queues.get(queueOf(row.name));
    if (!job || !queue) throw new Error(`nobody takes ${row.name}`);
    const delayMs = Math.max(0, (row.runAt?.getTime() ?? 0) - Date.now());
    await addJob(queue, job, row.payload, row.id, delayMs);
  }
}
