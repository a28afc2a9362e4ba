import type { Source } from '@lianzhen/contracts/room-signals.ts';
import {
  type DeviceEntry,
  type DeviceProblem,
  pickDevice,
  pickLoudspeaker,
  problemOf,
  type Use,
} from './device-choice.ts';
import { type DeviceMemory, readMemory, writeMemory } from './device-memory.ts';
import { askScreen, askTrack, type DeviceLists, listDevices, noDevices } from './device-requests.ts';

const mutedKey = 'lianzhen.muted';
type Captured = Exclude<Source, 'screen'>;

/** What happened to a device while one was talking: it was replaced by another, or there is none left. */
export interface DeviceNote {
  source: Source | 'loudspeaker';
  replacedBy: string | null;
}

export interface DevicesState {
  lists: DeviceLists;
  chosen: DeviceMemory['chosen'];
  isMuted: boolean;
  /** What is captured now. */
  tracks: Partial<Record<Source, MediaStreamTrack>>;
  problems: Partial<Record<Source, DeviceProblem>>;
  note: DeviceNote | null;
  isChecked: boolean;
}

/**
 * Microphone, cameras and screen of this machine: opened, remembered, and replaced when one is pulled out. It knows
 * nothing of a room, so that the check before joining and the room use the same ones.
 */
export class LocalDevices {
  #state: DevicesState;
  #memory: DeviceMemory;
  readonly #storage: Storage;
  readonly #visit: Storage;
  readonly #listeners = new Set<() => void>();
  readonly #onChange = () => void this.#plugged();
  #isClosed = false;

  /** @param visit keeps what lasts for this visit alone: whoever comes another day must not be mute without knowing */
  constructor(storage: Storage, visit: Storage) {
    this.#storage = storage;
    this.#visit = visit;
    this.#memory = readMemory(storage);
    const { chosen, isChecked } = this.#memory;
    const isMuted = visit.getItem(mutedKey) === 'yes';
    this.#state = { lists: noDevices, chosen, isMuted, isChecked, tracks: {}, problems: {}, note: null };
    navigator.mediaDevices?.addEventListener('devicechange', this.#onChange);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getSnapshot = (): DevicesState => this.#state;
  get wantsCamera(): boolean {
    return this.#memory.hasCamera;
  }

  /** Opens microphone and, where it was on last time, the camera. A device that fails is told in the state. */
  async openUsual(): Promise<void> {
    await this.open('microphone');
    if (this.wantsCamera) await this.open('camera');
  }

  async open(source: Source): Promise<void> {
    if (this.#state.tracks[source]) return;
    if (source === 'camera') this.#remember({ hasCamera: true });
    await this.#capture(source, []);
  }

  close(source: Source): void {
    if (source === 'camera') this.#remember({ hasCamera: false });
    this.#drop(source);
  }

  /** Another device for a use; one that is running changes over at once. */
  async choose(use: Use, device: DeviceEntry): Promise<void> {
    this.#remember({ chosen: { ...this.#memory.chosen, [use]: device } });
    this.#change({ chosen: this.#memory.chosen, note: null });
    if (use !== 'loudspeaker' && (this.#state.tracks[use] || this.#state.problems[use])) await this.#capture(use, []);
  }

  mute(isMuted: boolean): void {
    this.#visit.setItem(mutedKey, isMuted ? 'yes' : 'no');
    this.#change({ isMuted });
  }

  pass(): void {
    this.#remember({ isChecked: true });
    this.#change({ isChecked: true });
  }
  putNoteAway(): void {
    this.#change({ note: null });
  }

  /** Lets go of everything: the lamps of the cameras go out. */
  dispose(): void {
    this.#isClosed = true;
    navigator.mediaDevices?.removeEventListener('devicechange', this.#onChange);
    for (const track of Object.values(this.#state.tracks)) track.stop();
    this.#listeners.clear();
  }

  async #capture(source: Source, failed: readonly string[]): Promise<DeviceEntry | null> {
    try {
      const device = source === 'screen' ? undefined : await this.#pick(source, failed);
      const track = source === 'screen' ? await askScreen() : await askTrack(source, device);
      if (this.#isClosed) {
        track.stop();
        return null;
      }
      this.#take(source, track);
      // Names of devices are shown only once one of them has been allowed.
      this.#change({ lists: await listDevices() });
      return { id: track.getSettings().deviceId ?? '', label: track.label };
    } catch (cause) {
      const isGivenUp = source === 'screen' && problemOf(cause) === 'denied';
      this.#drop(source, isGivenUp ? undefined : navigator.mediaDevices ? problemOf(cause) : 'insecure');
      return null;
    }
  }

  async #pick(source: Captured, failed: readonly string[]): Promise<DeviceEntry | undefined> {
    const lists = await listDevices();
    const found = source === 'microphone' ? lists.microphone : lists.camera;
    const other = source === 'examination' ? 'camera' : source === 'camera' ? 'examination' : undefined;
    const inUse = other && this.#state.tracks[other]?.getSettings().deviceId;
    const taken = inUse ? [...failed, inUse] : failed;
    const device = pickDevice(source, found, this.#memory.chosen[source], taken);
    if (!device && source === 'examination') throw new DOMException('no second camera', 'NotFoundError');
    return device;
  }

  #take(source: Source, track: MediaStreamTrack): void {
    this.#state.tracks[source]?.stop();
    track.addEventListener('ended', () => void this.#ended(source, track));
    const { [source]: _, ...problems } = this.#state.problems;
    this.#change({ tracks: { ...this.#state.tracks, [source]: track }, problems });
  }

  #drop(source: Source, problem?: DeviceProblem): void {
    const { [source]: track, ...tracks } = this.#state.tracks;
    const { [source]: _, ...problems } = this.#state.problems;
    track?.stop();
    this.#change({ tracks, problems: problem ? { ...problems, [source]: problem } : problems });
  }

  /** A device has been pulled out, or the browser's own bar has ended the sharing of the screen. */
  async #ended(source: Source, track: MediaStreamTrack): Promise<void> {
    if (this.#isClosed || this.#state.tracks[source] !== track) return;
    if (source === 'screen') return this.#drop('screen');
    const gone = track.getSettings().deviceId;
    const next = await this.#capture(source, gone ? [gone] : []);
    if (!next && this.#state.problems[source] !== 'denied') this.#drop(source, 'unplugged');
    this.#change({ note: { source, replacedBy: next?.label ?? null } });
  }

  /** Something was plugged in or out: what was missing is taken up again. */
  async #plugged(): Promise<void> {
    const before = this.#state.lists.loudspeaker;
    this.#change({ lists: await listDevices() });
    this.#sound(before);
    for (const source of ['microphone', 'camera', 'examination'] as const) {
      if (this.#state.problems[source] !== 'unplugged') continue;
      const next = await this.#capture(source, []);
      if (next) this.#change({ note: { source, replacedBy: next.label } });
      else this.#drop(source, 'unplugged');
    }
  }

  /** A loudspeaker that was chosen by name and is pulled out is silent in some browsers: the usual one plays on, and that is said. */
  #sound(before: readonly DeviceEntry[]): void {
    const { lists, chosen } = this.#state;
    if (!chosen.loudspeaker || before.length === 0) return;
    const now = pickLoudspeaker(lists.loudspeaker, chosen.loudspeaker);
    if (pickLoudspeaker(before, chosen.loudspeaker)?.id === now?.id && lists.loudspeaker.length > 0) return;
    const usual = lists.loudspeaker.find(({ id }) => id === 'default') ?? lists.loudspeaker[0];
    const replacedBy = lists.loudspeaker.length === 0 ? null : ((now ?? usual)?.label ?? null);
    this.#change({ note: { source: 'loudspeaker', replacedBy } });
  }

  #remember(part: Partial<DeviceMemory>): void {
    this.#memory = { ...this.#memory, ...part };
    writeMemory(this.#storage, this.#memory);
  }

  #change(part: Partial<DevicesState>): void {
    if (this.#isClosed) return;
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }
}
