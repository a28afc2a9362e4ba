/** Everything a key can ask for. */
export const viewerCommands = [
  'image.next',
  'image.previous',
  'image.ahead',
  'image.back',
  'image.first',
  'image.last',
  'series.next',
  'series.previous',
  'tile.next',
  'tool.window',
  'tool.scroll',
  'tool.zoom',
  'tool.pan',
  'tool.length',
  'tool.angle',
  'tool.ellipse',
  'tool.rectangle',
  'tool.point',
  'tool.arrow',
  'tool.freehand',
  'preset.1',
  'preset.2',
  'preset.3',
  'preset.4',
  'preset.5',
  'preset.6',
  'preset.7',
  'preset.8',
  'preset.9',
  'view.rotateRight',
  'view.rotateLeft',
  'view.hflip',
  'view.vflip',
  'view.invert',
  'view.fit',
  'view.actual',
  'view.zoomIn',
  'view.zoomOut',
  'view.reset',
  'cine.toggle',
  'layout.1x1',
  'layout.1x2',
  'layout.2x2',
  'sync.toggle',
  'lines.toggle',
  'overlay.toggle',
  'measurement.undo',
  'measurement.redo',
  'measurement.remove',
  'follow.toggle',
  'help.toggle',
] as const;
export type ViewerCommand = (typeof viewerCommands)[number];

/** The chords of each command, written as `chordOf` writes them. */
export type KeyTable = Readonly<Record<ViewerCommand, readonly string[]>>;

export const defaultKeys: KeyTable = {
  'image.next': ['ArrowDown'],
  'image.previous': ['ArrowUp'],
  'image.ahead': ['PageDown'],
  'image.back': ['PageUp'],
  'image.first': ['Home'],
  'image.last': ['End'],
  'series.next': ['ArrowRight'],
  'series.previous': ['ArrowLeft'],
  'tile.next': ['T'],
  'tool.window': ['W'],
  'tool.scroll': ['S'],
  'tool.zoom': ['Z'],
  'tool.pan': ['P'],
  'tool.length': ['L'],
  'tool.angle': ['A'],
  'tool.ellipse': ['E'],
  'tool.rectangle': ['Q'],
  'tool.point': ['D'],
  'tool.arrow': ['J'],
  'tool.freehand': ['B'],
  'preset.1': ['1'],
  'preset.2': ['2'],
  'preset.3': ['3'],
  'preset.4': ['4'],
  'preset.5': ['5'],
  'preset.6': ['6'],
  'preset.7': ['7'],
  'preset.8': ['8'],
  'preset.9': ['9'],
  'view.rotateRight': ['R'],
  'view.rotateLeft': ['Shift+R'],
  'view.hflip': ['H'],
  'view.vflip': ['V'],
  'view.invert': ['I'],
  'view.fit': ['F'],
  'view.actual': ['0'],
  'view.zoomIn': ['='],
  'view.zoomOut': ['-'],
  'view.reset': ['Backspace'],
  'cine.toggle': ['Space'],
  'layout.1x1': ['Shift+1'],
  'layout.1x2': ['Shift+2'],
  'layout.2x2': ['Shift+4'],
  'sync.toggle': ['Y'],
  'lines.toggle': ['X'],
  'overlay.toggle': ['O'],
  'measurement.undo': ['Ctrl+Z'],
  'measurement.redo': ['Ctrl+Y', 'Ctrl+Shift+Z'],
  'measurement.remove': ['Delete'],
  'follow.toggle': ['G'],
  'help.toggle': ['?'],
};

/** As much of a KeyboardEvent as a chord is made of. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * The name of what was pressed, such as `W`, `Shift+R`, `Ctrl+Z` or `?`. Letters and digits are taken from the key's
 * place, because an input method for Chinese hides the letter. Empty for a modifier alone.
 */
export function chordOf(press: KeyPress): string {
  const name = keyName(press);
  if (name === '') return '';
  const isSign = name.length === 1 && !/[A-Z0-9]/.test(name);
  const modifiers = [press.ctrlKey || press.metaKey ? 'Ctrl' : '', press.altKey ? 'Alt' : ''];
  // A sign such as ? carries its shift within.
  if (press.shiftKey && !isSign) modifiers.push('Shift');
  return [...modifiers.filter(Boolean), name].join('+');
}

function keyName({ key, code }: KeyPress): string {
  const place = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(code);
  if (place) return (place[1] ?? place[2]) as string;
  if (key === ' ' || code === 'Space') return 'Space';
  return ['Shift', 'Control', 'Alt', 'Meta', 'Process', 'Dead', 'Unidentified', 'CapsLock'].includes(key) ? '' : key;
}

const arrows: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

/** A chord as people read it on their keyboard. */
export const chordText = (chord: string): string => chord.replace(/Arrow\w+/, (name) => arrows[name] ?? name);

/** The command of a chord, or undefined. */
export function commandOf(keys: KeyTable, chord: string): ViewerCommand | undefined {
  return chord === '' ? undefined : viewerCommands.find((command) => keys[command].includes(chord));
}

/** The table with one command on another chord; whoever had the chord before loses it, so that a key means one thing. */
export function rebind(keys: KeyTable, command: ViewerCommand, chord: string): KeyTable {
  const without = viewerCommands.map((other) => [other, keys[other].filter((known) => known !== chord)] as const);
  return { ...(Object.fromEntries(without) as unknown as KeyTable), [command]: [chord] };
}

/**
 * A table as it was stored, over the usual one: commands that are new since then have their usual keys, unless those
 * are taken; what is not understood is ignored.
 */
export function readKeys(stored: string | null): KeyTable {
  const parsed = parse(stored);
  if (typeof parsed !== 'object' || parsed === null) return defaultKeys;
  const own = new Map<string, string[]>();
  for (const [command, chords] of Object.entries(parsed)) {
    if (Array.isArray(chords)) own.set(command, chords.filter((chord) => typeof chord === 'string').slice(0, 4));
  }
  const taken = new Set([...own.values()].flat());
  const entries = viewerCommands.map((command) => {
    return [command, own.get(command) ?? defaultKeys[command].filter((chord) => !taken.has(chord))] as const;
  });
  return Object.fromEntries(entries) as unknown as KeyTable;
}

function parse(stored: string | null): unknown {
  if (stored === null) return null;
  try {
    return JSON.parse(stored);
  } catch {
    // Someone else's or a broken entry: the usual keys are better than none.
    return null;
  }
}

/** What has to be stored: only the commands that differ from the usual. */
export function writeKeys(keys: KeyTable): string {
  const changed = viewerCommands.filter((command) => keys[command].join() !== defaultKeys[command].join());
  return JSON.stringify(Object.fromEntries(changed.map((command) => [command, keys[command]])));
}

export const keysStorageKey = 'lianzhen.viewer.keys';

/** True when a key press belongs to something one types in, or to a dialog over the viewer. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  const element = target as HTMLElement;
  return (
    element.isContentEditable || element.closest('input, textarea, select, [role="dialog"], [role="listbox"]') !== null
  );
}
