import { z } from 'zod';
import type { Remembered } from './device-choice.ts';

const key = 'lianzhen.devices';
const Entry = z.object({ id: z.string(), label: z.string() }).optional().catch(undefined);
const Memory = z.object({
  chosen: z
    .object({ microphone: Entry, camera: Entry, examination: Entry, loudspeaker: Entry })
    .catch({ microphone: undefined, camera: undefined, examination: undefined, loudspeaker: undefined }),
  hasCamera: z.boolean().catch(true),
  /** The check before joining has been passed on this machine. */
  isChecked: z.boolean().catch(false),
});
export interface DeviceMemory {
  chosen: Remembered;
  hasCamera: boolean;
  isChecked: boolean;
}

/** What was chosen on this machine, of whatever an older page has left. */
export function readMemory(storage: Pick<Storage, 'getItem'>): DeviceMemory {
  let kept: unknown;
  try {
    kept = JSON.parse(storage.getItem(key) ?? '{}');
  } catch {
    // Not ours, or cut off: as if nothing had been chosen.
    kept = {};
  }
  return Memory.parse(typeof kept === 'object' && kept ? kept : {});
}

export const writeMemory = (storage: Pick<Storage, 'setItem'>, memory: DeviceMemory): void =>
  storage.setItem(key, JSON.stringify(memory));
