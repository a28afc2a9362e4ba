/** Two tones of one call, and the time from one call to the next. */
const tones = [
  { hertz: 880, from: 0, to: 0.18 },
  { hertz: 660, from: 0.24, to: 0.42 },
  { hertz: 880, from: 0.48, to: 0.66 },
] as const;
const everyMs = 1600;
const loudness = 0.25;

/** As much of the browser's sound as an alarm needs. */
export interface SoundContext {
  readonly state: string;
  readonly currentTime: number;
  readonly destination: AudioNode;
  resume(): Promise<void>;
  close(): Promise<void>;
  createOscillator(): OscillatorNode;
  createGain(): GainNode;
  onstatechange: unknown;
}

/**
 * The sound of an alarm, made here and not played from a file. A browser lets a page make a sound only after a person has
 * touched it: until then `isBlocked` says so, and the first touch of anything unblocks it.
 */
export class AlarmSound {
  #context: SoundContext | undefined;
  #timer: number | undefined;
  readonly #open: () => SoundContext;
  readonly #told: (isBlocked: boolean) => void;

  constructor(told: (isBlocked: boolean) => void, open: () => SoundContext = () => new AudioContext()) {
    this.#told = told;
    this.#open = open;
  }

  get isBlocked(): boolean {
    return this.#context?.state !== 'running';
  }

  /** Asks the browser for sound; within a touch of a person it is granted. */
  unlock = (): void => {
    this.#context ??= this.#open();
    this.#context.onstatechange = () => this.#told(this.isBlocked);
    void this.#context.resume().then(
      () => this.#told(this.isBlocked),
      () => this.#told(true),
    );
    this.#told(this.isBlocked);
  };

  start(): void {
    if (this.#timer !== undefined) return;
    this.unlock();
    this.#timer = window.setInterval(() => this.#call(), everyMs);
    this.#call();
  }

  stop(): void {
    window.clearInterval(this.#timer);
    this.#timer = undefined;
  }

  close(): void {
    this.stop();
    const context = this.#context;
    this.#context = undefined;
    if (context) {
      context.onstatechange = null;
      void context.close();
    }
  }

  #call(): void {
    const context = this.#context;
    if (context?.state !== 'running') return;
    for (const { hertz, from, to } of tones) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = hertz;
      volume.gain.value = loudness;
      tone.connect(volume).connect(context.destination);
      tone.start(context.currentTime + from);
      tone.stop(context.currentTime + to);
    }
  }
}
