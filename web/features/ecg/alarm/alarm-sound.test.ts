import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AlarmSound, type SoundContext } from './alarm-sound.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', { setInterval, clearInterval });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A browser that grants sound only once it was allowed to. */
function browser() {
  const heard: number[] = [];
  const state = { now: 'suspended', isAllowed: false };
  const node = { connect: () => node };
  const context = {
    ...{ currentTime: 0, destination: node, onstatechange: null },
    get state() {
      return state.now;
    },
    resume: async () => {
      if (state.isAllowed) state.now = 'running';
    },
    close: async () => {
      state.now = 'closed';
    },
    createOscillator: () => ({
      ...{ frequency: { value: 0 }, connect: () => node, stop: () => undefined },
      start: (at: number) => heard.push(at),
    }),
    createGain: () => ({ gain: { value: 0 }, connect: () => node }),
  } as unknown as SoundContext;
  return { heard, state, context };
}

test('without a touch it is silent and says so; the touch lets it ring until it is stopped', async () => {
  const { heard, state, context } = browser();
  const told: boolean[] = [];
  const sound = new AlarmSound(
    (isBlocked) => told.push(isBlocked),
    () => context,
  );
  sound.start();
  await vi.advanceTimersByTimeAsync(5000);
  expect({ heard: heard.length, blocked: told.at(-1) }).toEqual({ heard: 0, blocked: true });
  state.isAllowed = true;
  sound.unlock();
  await vi.advanceTimersByTimeAsync(3300);
  expect(heard.length).toBe(6);
  expect(told.at(-1)).toBe(false);
  sound.stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(heard.length).toBe(6);
  sound.close();
  expect(state.now).toBe('closed');
});
