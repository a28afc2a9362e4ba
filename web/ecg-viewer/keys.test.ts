import { expect, test } from 'vitest';
import { commandOfChord, ecgCommands, ecgKeys } from './keys.ts';
import { en } from './texts-en.ts';
import { zh } from './texts-zh.ts';

test('every key means one thing', () => {
  const chords = ecgCommands.flatMap((command) => ecgKeys[command]);
  expect(new Set(chords).size).toBe(chords.length);
  for (const command of ecgCommands) {
    for (const chord of ecgKeys[command]) expect(commandOfChord(chord)).toBe(command);
  }
  expect(commandOfChord('')).toBeUndefined();
});

test('every command is named in both languages', () => {
  for (const command of ecgCommands) {
    expect(zh[`command.${command}`]).toBeTruthy();
    expect(en[`command.${command}`]).toBeTruthy();
  }
});
