import { expect, test } from 'vitest';
import { openPauses, type Pausable } from './settle-pause.ts';

/** As the media library has it: a producer of a track that is switched off begins held back. */
function producerOf(track: { enabled: boolean }) {
  return {
    paused: !track.enabled,
    pause() {
      this.paused = true;
      track.enabled = false;
    },
    resume() {
      this.paused = false;
      track.enabled = true;
    },
  };
}
/** A room, and what it was told so far. */
function room() {
  const settle = openPauses();
  const told: boolean[] = [];
  const set = (producer: Pausable, isPaused: boolean) =>
    settle(producer, isPaused, async () => {
      told.push(isPaused);
    });
  return { settle, told, set };
}

test('whoever is muted is muted for the room after every new stay, and told once', async () => {
  const track = { enabled: true };
  for (const { told, set } of [room(), room()]) {
    const producer = producerOf(track);
    await set(producer, true);
    await set(producer, true);
    expect([told, producer.paused, track.enabled]).toEqual([[true], true, false]);
  }
});

test('whoever took the mute off while he was away is heard again', async () => {
  const track = { enabled: false };
  const { told, set } = room();
  await set(producerOf(track), false);
  expect([told, track.enabled]).toEqual([[], true]);
});

test('a change is told', async () => {
  const { told, set } = room();
  const producer = producerOf({ enabled: true });
  for (const isPaused of [false, true, false]) await set(producer, isPaused);
  expect(told).toEqual([true, false]);
});

test('what could not be told is told with the next try', async () => {
  const { settle, told, set } = room();
  const producer = producerOf({ enabled: true });
  await expect(settle(producer, true, () => Promise.reject(new Error('no answer')))).rejects.toThrow('no answer');
  expect(producer.paused).toBe(true);
  await set(producer, true);
  expect(told).toEqual([true]);
});
