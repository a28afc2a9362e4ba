import { afterEach, expect, test, vi } from 'vitest';
import { LocalDevices } from './local-devices.ts';

type Listed = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label'>;
const output = (deviceId: string, label: string): Listed => ({ kind: 'audiooutput', deviceId, label });
const usual = output('default', '默认 - 内置扬声器');
const headset = output('h', 'USB 耳机');

/** A machine whose devices are these, until others are plugged in. */
function machine(first: readonly Listed[]) {
  let plugged = first;
  const mediaDevices = Object.assign(new EventTarget(), { enumerateDevices: () => Promise.resolve(plugged) });
  vi.stubGlobal('navigator', { mediaDevices });
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage;
  const devices = new LocalDevices(storage, storage);
  const plug = async (next: readonly Listed[]) => {
    plugged = next;
    mediaDevices.dispatchEvent(new Event('devicechange'));
    await vi.waitFor(() => expect(devices.getSnapshot().lists.loudspeaker).toHaveLength(next.length));
    return devices.getSnapshot().note;
  };
  return { devices, plug };
}
afterEach(() => {
  vi.unstubAllGlobals();
});

test('a chosen loudspeaker that is pulled out is replaced by the usual one, which is said, and comes back', async () => {
  const { devices, plug } = machine([usual, headset]);
  await devices.choose('loudspeaker', { id: 'h', label: headset.label });
  expect(await plug([usual, headset])).toBeNull();
  expect(await plug([usual])).toEqual({ source: 'loudspeaker', replacedBy: usual.label });
  expect(await plug([usual, headset])).toEqual({ source: 'loudspeaker', replacedBy: headset.label });
  expect(await plug([])).toEqual({ source: 'loudspeaker', replacedBy: null });
});

test('who has chosen none is told nothing: the machine itself moves the sound', async () => {
  const { plug } = machine([usual, headset]);
  expect([await plug([usual, headset]), await plug([usual])]).toEqual([null, null]);
});
