import { setTimeout as wait } from 'node:timers/promises';
import { type Backoff, Child, type ChildSpec, type Death } from './child.ts';
import { Guardian } from './guardian.ts';
import { recordChildren } from './hub-lock.mjs';
import { stopOrder } from './processes.mjs';

export interface SupervisorOptions {
  dataDir: string;
  logDir: string;
  say: (line: string) => void;
  /** Told of every death that nobody asked for, beside the line that is said. */
  onDeath?: (death: Death) => void;
  backoff?: Partial<Backoff>;
}

const standardBackoff: Backoff = { initialMs: 250, maxMs: 30_000, stableMs: 60_000 };

/**
 * Runs the processes of one hub: starts again what dies, stops in order, and leaves nobody behind even when it is
 * killed itself, because a guardian watches it.
 */
export class Supervisor {
  readonly #children = new Map<string, Child>();
  readonly #options: SupervisorOptions;
  readonly #backoff: Backoff;
  readonly #guardian = new Guardian();
  #stopped: Promise<void> | undefined;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#backoff = { ...standardBackoff, ...options.backoff };
  }

  /** Starts a process and waits until it is ready. Rejects when it is not ready within `timeoutMs`. */
  async start(spec: ChildSpec, timeoutMs = 60_000): Promise<void> {
    if (this.#stopped) throw new Error('the hub is stopping');
    if (this.#children.has(spec.name)) throw new Error(`${spec.name} runs already`);
    const child = new Child(spec, this.#options.logDir, this.#backoff, {
      changed: () => this.#changed(),
      died: (death) => this.#died(death),
    });
    this.#children.set(spec.name, child);
    child.spawn();
    await this.untilReady(spec.name, timeoutMs);
  }

  /** Waits until a process runs and says that it is ready. */
  async untilReady(name: string, timeoutMs: number): Promise<void> {
    const child = this.#get(name);
    const until = Date.now() + timeoutMs;
    while (!child.running || !((await child.spec.isReady?.()) ?? true)) {
      if (this.#stopped) throw new Error('the hub is stopping');
      if (Date.now() > until) {
        throw new Error(`${name} is not ready after ${timeoutMs / 1000} s: see ${this.#options.logDir}/${name}.log`);
      }
      await wait(50);
    }
  }

  /** Who runs, by name. A process between two lives is not in it. */
  get pids(): Record<string, number> {
    const running = [...this.#children.values()].flatMap((child) => child.running ?? []);
    return Object.fromEntries(running.map(({ name, pid }) => [name, pid]));
  }

  /** Sends a signal to one process and nothing else. */
  kill(name: string, signal: NodeJS.Signals): void {
    this.#get(name).signal(signal);
  }

  /** Ends one process in its own time and starts it again. */
  async restart(name: string, timeoutMs = 60_000): Promise<void> {
    await this.#get(name).restart();
    await this.untilReady(name, timeoutMs);
  }

  /** Stops everything: edges, then workers, then stores. Calling it again waits for the same end. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  /** Does not wait for anyone any longer. The stores still end in their own time: they hold the data. */
  hurry(): void {
    for (const child of this.#children.values()) if (child.spec.stage !== 'store') child.kill();
  }

  async #stopAll(): Promise<void> {
    for (const stage of stopOrder) {
      const members = [...this.#children.values()].filter((child) => child.spec.stage === stage);
      await Promise.all(members.map((child) => child.stop()));
    }
    await this.#guardian.dismiss();
  }

  #get(name: string): Child {
    const child = this.#children.get(name);
    if (!child) throw new Error(`no process is called ${name}; there are ${[...this.#children.keys()].join(', ')}`);
    return child;
  }

  #changed(): void {
    const running = [...this.#children.values()].flatMap((child) => child.running ?? []);
    this.#guardian.watch(running);
    recordChildren(this.#options.dataDir, running);
  }

  #died(death: Death): void {
    const { name, how, lastWords, restartInMs } = death;
    const why = lastWords ? `\n  ${lastWords}` : '';
    this.#options.say(`${name} 意外退出 · died (${how}), ${restartInMs / 1000} s 后重启 · restarting${why}`);
    this.#options.onDeath?.(death);
  }
}
