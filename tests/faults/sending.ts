import { setTimeout as wait } from 'node:timers/promises';
import type { SyntheticInstance } from '../factories/dicom.ts';
import type { Door } from '../factories/modality.ts';
import type { Tally } from './tally.ts';

export interface Sender {
  /** Every instance that the machine made, by SOP Instance UID. */
  readonly made: ReadonlyMap<string, SyntheticInstance>;
  /** Those the hub has taken: the machine has deleted its copy. */
  readonly taken: ReadonlySet<string>;
  /** The machine made these just now. It does not wait for earlier ones. */
  offer(instances: readonly SyntheticInstance[]): void;
  /** Resolves when everything that was made has been taken. */
  finish(): Promise<void>;
}

const mostAtOnce = 12;
const pauseMs = 150;

/**
 * A machine that sends what it makes through one door, and sends again whatever was not acknowledged, for as long as it
 * takes: as a modality's queue does.
 */
export function startSender(name: string, door: Door, tally: Tally): Sender {
  const made = new Map<string, SyntheticInstance>();
  const waiting = new Map<string, SyntheticInstance>();
  const taken = new Set<string>();
  let isFinishing = false;

  async function sendSome(): Promise<void> {
    const batch = [...waiting.values()].slice(0, mostAtOnce);
    await door(batch, ({ sopInstanceUid, isTaken, status }) => {
      if (!isTaken) return tally.note(`${name} ${status}`);
      taken.add(sopInstanceUid);
      waiting.delete(sopInstanceUid);
    });
  }

  async function run(): Promise<void> {
    while (!isFinishing || waiting.size > 0) {
      if (waiting.size === 0) await wait(20);
      else {
        await sendSome().catch(async (cause: Error) => {
          tally.note(`${name} broke`, cause.message);
          await wait(pauseMs);
        });
      }
    }
  }
  const running = run();

  return {
    made,
    taken,
    offer(instances) {
      for (const instance of instances) {
        made.set(instance.sopInstanceUid, instance);
        waiting.set(instance.sopInstanceUid, instance);
      }
    },
    finish() {
      isFinishing = true;
      return running;
    },
  };
}
