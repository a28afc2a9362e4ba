import { useState } from 'react';
import {
  defaultKeys,
  type KeyTable,
  keysStorageKey,
  readKeys,
  rebind,
  type ViewerCommand,
  writeKeys,
} from '../keys.ts';

export interface KeySettings {
  readonly keys: KeyTable;
  rebind(command: ViewerCommand, chord: string): void;
  restore(): void;
}

/** The reader's keys, kept on this machine. */
export function useKeyTable(): KeySettings {
  const [keys, setKeys] = useState(() => readKeys(localStorage.getItem(keysStorageKey)));
  const keep = (next: KeyTable) => {
    setKeys(next);
    localStorage.setItem(keysStorageKey, writeKeys(next));
  };
  return {
    keys,
    rebind: (command, chord) => keep(rebind(keys, command, chord)),
    restore: () => keep(defaultKeys),
  };
}
