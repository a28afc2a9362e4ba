import { expect, test } from 'vitest';
import { readMemory, writeMemory } from './device-memory.ts';

function storage(text: string | null = null) {
  let kept = text;
  const setItem = (_: string, value: string) => {
    kept = value;
  };
  return { getItem: () => kept, setItem };
}

test('nothing remembered: camera on, not checked', () => {
  expect(readMemory(storage())).toMatchObject({ hasCamera: true, isChecked: false });
});

test('what is written is read', () => {
  const place = storage();
  const memory = { chosen: { camera: { id: 'c', label: 'USB' } }, hasCamera: false, isChecked: true };
  writeMemory(place, memory);
  expect(readMemory(place)).toMatchObject(memory);
});

test.each(['{', '7', 'null', '{"chosen":{"camera":5},"hasCamera":"yes"}'])(
  '%s of an older page does no harm',
  (text) => {
    expect(readMemory(storage(text))).toMatchObject({ hasCamera: true });
  },
);
