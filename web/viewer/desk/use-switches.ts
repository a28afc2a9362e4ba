import { useMemo, useState } from 'react';
import { firstTool, type Tool } from '../modes.ts';

/** What a reader switches for themselves: none of it is shared with other screens. */
export interface Switches {
  readonly tool: Tool;
  readonly setTool: (tool: Tool) => void;
  readonly selected: string | null;
  readonly select: (measurementId: string | null) => void;
  readonly showsText: boolean;
  readonly isSynced: boolean;
  /** Where the slice of the active tile cuts those of the others. */
  readonly showsLines: boolean;
  /** Frames a second the active tile is played with, or null while it stands. */
  readonly cineRate: number | null;
  readonly setCineRate: (rate: number | null) => void;
}

export interface Toggles {
  readonly toggleText: () => void;
  readonly toggleSync: () => void;
  readonly toggleLines: () => void;
}

export function useSwitches(): [Switches, Toggles] {
  const [tool, setTool] = useState<Tool>(() => firstTool(matchMedia('(pointer: coarse)').matches));
  const [selected, select] = useState<string | null>(null);
  const [showsText, setShowsText] = useState(true);
  const [isSynced, setSynced] = useState(false);
  const [showsLines, setShowsLines] = useState(true);
  const [cineRate, setCineRate] = useState<number | null>(null);
  const toggles = useMemo(
    () => ({
      toggleText: () => setShowsText((shows) => !shows),
      toggleSync: () => setSynced((synced) => !synced),
      toggleLines: () => setShowsLines((shows) => !shows),
    }),
    [],
  );
  return [{ tool, setTool, selected, select, showsText, isSynced, showsLines, cineRate, setCineRate }, toggles];
}
