import { isAbort, toProblem, ViewerProblem } from '../problem.ts';
import type { ViewerImage } from '../source/study-model.ts';
import { hold, type ImageCache, letGo } from './image-cache.ts';
import { type LoadDeps, loadImage, loadOverlays } from './load-image.ts';
import { withinMemory } from './load-plan.ts';
import { type LoadedImage, memoryOf } from './loaded-image.ts';

/** Part of the cache one study may fill by itself; the rest stays for the next case. */
const share = 0.8;
/** Loads at once: browsers open six connections to a host, two of which wait for what the reader asks for next. */
const inAdvance = 4;
const forTheScreen = 6;
/** When the reader waits, loads ranked behind this many give way; who leafs on quickly still gets what was begun. */
const near = 16;
const progressMs = 150;

export interface FrameStoreDeps extends LoadDeps {
  readonly cache: ImageCache;
}

/** The frames of one open study: what is wanted, what is under way, what is here and what has failed. */
export class FrameStore {
  readonly #deps: FrameStoreDeps;
  readonly #studyUid: string;
  readonly #limit: number;
  #wanted: ViewerImage[] = [];
  #shown = 0;
  readonly #running = new Map<string, AbortController>();
  readonly #failed = new Map<string, ViewerProblem>();
  readonly #ready = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #stopListening: () => void;
  #version = 0;
  #telling: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(deps: FrameStoreDeps, studyUid: string, limit = forTheScreen) {
    this.#deps = deps;
    this.#studyUid = studyUid;
    this.#limit = limit;
    hold(studyUid);
    const prefix = `${studyUid}/`;
    this.#stopListening = deps.cache.onRemoved((id) => {
      if (id.startsWith(prefix) && this.#ready.delete(id.slice(prefix.length))) this.#tell(false);
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes whenever a frame arrives, leaves or fails. */
  readonly version = (): number => this.#version;

  get(image: ViewerImage): LoadedImage | undefined {
    const found = this.#deps.cache.get(this.#id(image.key));
    if (found) this.#ready.add(image.key);
    return found;
  }

  problem(image: ViewerImage): ViewerProblem | undefined {
    return this.#failed.get(image.key);
  }

  isReady(key: string): boolean {
    return this.#ready.has(key);
  }

  /** How many of these frames are here. */
  count(images: readonly ViewerImage[]): number {
    return images.reduce((sum, { key }) => sum + (this.#ready.has(key) ? 1 : 0), 0);
  }

  /** Replaces what is wanted: the first `shown` of the order are on screen. Loads nobody wants any more are aborted. */
  want(order: readonly ViewerImage[], shown: number): void {
    if (this.#isClosed) return;
    this.#wanted = withinMemory(order, shown, this.#deps.cache.capacity * share);
    this.#shown = shown;
    for (const image of order.slice(0, shown)) this.get(image);
    const missing = this.#wanted.filter(({ key }) => !this.#ready.has(key));
    const isWaiting = order.slice(0, shown).some((image) => this.#isOpen(image));
    const keep = new Set((isWaiting ? missing.slice(0, shown + near) : missing).map(({ key }) => key));
    for (const [key, controller] of this.#running) if (!keep.has(key)) controller.abort();
    this.#pump();
  }

  /** Tries again what has failed: one frame, or everything after the connection came back. */
  retry(image?: ViewerImage): void {
    if (image) this.#failed.delete(image.key);
    else this.#failed.clear();
    this.#tell();
    this.#pump();
  }

  close(): void {
    this.#isClosed = true;
    this.#stopListening();
    for (const controller of this.#running.values()) controller.abort();
    if (letGo(this.#studyUid)) for (const key of this.#ready) this.#deps.cache.remove(this.#id(key));
    clearTimeout(this.#telling);
    this.#listeners.clear();
  }

  #id(key: string): string {
    return `${this.#studyUid}/${key}`;
  }

  #isOpen({ key }: ViewerImage): boolean {
    return !this.#ready.has(key) && !this.#running.has(key) && !this.#failed.has(key);
  }

  #pump(): void {
    for (let rank = 0; rank < this.#wanted.length && this.#running.size < this.#limit; rank++) {
      const image = this.#wanted[rank] as ViewerImage;
      if (!this.#isOpen(image) || this.get(image)) continue;
      if (rank >= this.#shown && this.#running.size >= Math.min(inAdvance, this.#limit)) return;
      void this.#load(image);
    }
  }

  async #load(image: ViewerImage): Promise<void> {
    const controller = new AbortController();
    this.#running.set(image.key, controller);
    try {
      const loaded = await loadImage(this.#deps, image, controller.signal);
      if (!this.#isClosed) this.#keep(image, loaded);
    } catch (cause) {
      if (!isAbort(cause)) this.#failed.set(image.key, toProblem(cause, 'damaged-stream'));
    } finally {
      this.#running.delete(image.key);
    }
    if (this.#isClosed) return;
    this.#tell(this.#isShown(image));
    this.#pump();
  }

  #keep(image: ViewerImage, loaded: LoadedImage): void {
    const bytes = memoryOf(loaded);
    if (bytes > this.#deps.cache.capacity) {
      const { columns, rows } = loaded.picture;
      throw new ViewerProblem('too-large', { columns, rows, megapixels: Math.floor(this.#deps.cache.capacity / 4e6) });
    }
    this.#makeRoom(bytes);
    this.#ready.add(image.key);
    this.#deps.cache.put(this.#id(image.key), loaded);
    if (image.header.overlays.length > 0) void this.#addOverlays(image, loaded);
  }

  /** Frames far from the reader leave before the cache has to choose by age, which would take the nearest ones. */
  #makeRoom(bytes: number): void {
    if (this.#deps.cache.room() >= bytes) return;
    const wanted = new Set(this.#wanted.map(({ key }) => key));
    for (const key of [...this.#ready]) {
      if (this.#deps.cache.room() >= bytes) return;
      if (!wanted.has(key)) this.#deps.cache.remove(this.#id(key));
    }
  }

  async #addOverlays(image: ViewerImage, loaded: LoadedImage): Promise<void> {
    try {
      loaded.overlays = await loadOverlays(this.#deps.source, image, new AbortController().signal);
      this.#tell();
    } catch {
      // The picture is complete without its graphics; a frame that says "failed" over a good picture would be worse.
      loaded.overlays = [];
    }
  }

  /** What is on screen is told at once; frames in advance only move progress bars, a few times a second. */
  #tell(isUrgent = true): void {
    if (!isUrgent) {
      this.#telling ??= setTimeout(() => this.#tell(), progressMs);
      return;
    }
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#version++;
    for (const listener of this.#listeners) listener();
  }

  #isShown(image: ViewerImage): boolean {
    return this.#wanted.slice(0, this.#shown).some(({ key }) => key === image.key);
  }
}
