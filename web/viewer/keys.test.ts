import { expect, test } from 'vitest';
import { chordOf, chordText, commandOf, defaultKeys, readKeys, rebind, viewerCommands, writeKeys } from './keys.ts';

const press = (
  key: string,
  code: string,
  modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => chordOf({ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers });

test('letters and digits are told by their place, also while an input method is on', () => {
  expect(press('w', 'KeyW')).toBe('W');
  expect(press('Process', 'KeyW')).toBe('W');
  expect(press('!', 'Digit1', { shiftKey: true })).toBe('Shift+1');
  expect(press('1', 'Numpad1')).toBe('1');
});

test('signs are told by themselves, modifiers alone are nothing', () => {
  expect(press('?', 'Slash', { shiftKey: true })).toBe('?');
  expect(press('?', 'Slash')).toBe('?');
  expect(press('Shift', 'ShiftLeft', { shiftKey: true })).toBe('');
  expect(press(' ', 'Space')).toBe('Space');
  expect(press('z', 'KeyZ', { metaKey: true, shiftKey: true })).toBe('Ctrl+Shift+Z');
});

test('every command has a key of its own', () => {
  const chords = viewerCommands.flatMap((command) => defaultKeys[command]);
  expect(new Set(chords).size).toBe(chords.length);
  expect(viewerCommands.filter((command) => defaultKeys[command].length === 0)).toEqual([]);
  expect(commandOf(defaultKeys, 'Ctrl+Z')).toBe('measurement.undo');
  expect(commandOf(defaultKeys, 'Ctrl+W')).toBeUndefined();
});

test('a key that is given to another command leaves the one that had it', () => {
  const keys = rebind(defaultKeys, 'tool.zoom', 'W');
  expect(keys['tool.zoom']).toEqual(['W']);
  expect(keys['tool.window']).toEqual([]);
});

test('only what differs is stored, and comes back', () => {
  const keys = rebind(defaultKeys, 'tool.zoom', 'W');
  expect(JSON.parse(writeKeys(keys))).toEqual({ 'tool.zoom': ['W'], 'tool.window': [] });
  expect(readKeys(writeKeys(keys))).toEqual(keys);
  expect(writeKeys(defaultKeys)).toBe('{}');
});

test('broken and foreign entries give the usual keys', () => {
  for (const stored of [null, 'nonsense', '7', 'null', '{"tool.zoom":"W"}']) {
    expect(readKeys(stored)).toEqual(defaultKeys);
  }
  expect(readKeys('{"tool.zoom":[7,"K"]}')['tool.zoom']).toEqual(['K']);
});

test('arrows are shown as arrows', () => {
  expect([chordText('ArrowDown'), chordText('Ctrl+Z')]).toEqual(['↓', 'Ctrl+Z']);
});
