import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { LogFile } from './log-file.ts';
import { type RunningChild, type Stage, send, startOf } from './processes.mjs';

export interface ChildSpec {
  name: string;
  stage: Stage;
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** The signal that means: finish what runs, take nothing new. */
  stopSignal: NodeJS.Signals;
  /** How long finishing may take, in milliseconds, before the process is killed. */
  graceMs: number;
  /** A Node process of ours ends when this channel closes, even before the guardian comes. */
  hasChannel?: boolean;
  /** Asked again and again until it answers true; a child without it counts as up once it runs. */
  isReady?: () => Promise<boolean>;
}

export interface Backoff {
  initialMs: number;
  maxMs: number;
  /** A child that lived this long is forgiven its earlier deaths. */
  stableMs: number;
}

/** How long to wait before starting again, after so many deaths in a row (1 is the first). */
export const restartDelay = ({ initialMs, maxMs }: Backoff, deaths: number): number =>
  Math.min(maxMs, initialMs * 2 ** (deaths - 1));

/** The line that most likely says why: the last one that speaks of an error, else the last one it had time to say. */
export function lastWords(output: string, wasKilled = false): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const line = lines.findLast((text) => /error|fatal/i.test(text)) ?? (wasKilled ? undefined : lines.at(-1));
  return line?.trim().slice(0, 400) ?? '';
}

export interface Death {
  name: string;
  /** The code or the signal. */
  how: string;
  lastWords: string;
  /** How many in a row, this one included. */
  deaths: number;
  restartInMs: number;
}

export interface ChildNews {
  /** The set of running processes changed. */
  changed: () => void;
  died: (death: Death) => void;
}

/** One supervised process: started, watched, started again when it dies, stopped in its own time. */
export class Child {
  readonly spec: ChildSpec;
  readonly #log: LogFile;
  readonly #backoff: Backoff;
  readonly #news: ChildNews;
  #process: ChildProcess | undefined;
  #running: RunningChild | undefined;
  #startedAt = 0;
  #deaths = 0;
  #tail = '';
  #timer: NodeJS.Timeout | undefined;
  #isStopping = false;
  #ended: Promise<void> = Promise.resolve();

  constructor(spec: ChildSpec, logDir: string, backoff: Backoff, news: ChildNews) {
    this.spec = spec;
    this.#log = new LogFile(join(logDir, `${spec.name}.log`));
    this.#backoff = backoff;
    this.#news = news;
  }

  /** The running process, or undefined between a death and the next start. */
  get running(): RunningChild | undefined {
    return this.#running;
  }

  spawn(): void {
    if (this.#isStopping || this.#process) return;
    const { command, args, env, cwd, uid, gid, hasChannel } = this.spec;
    this.#tail = '';
    this.#startedAt = Date.now();
    // A session of its own: Ctrl-C in the terminal reaches the supervisor alone, which then stops things in order.
    const child = spawn(command, args, {
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', ...(hasChannel ? (['ipc'] as const) : [])],
      ...(cwd === undefined ? {} : { cwd }),
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    });
    this.#process = child;
    this.#running = this.#describe(child.pid);
    this.#news.changed();
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#ended = new Promise((resolve) => {
      child.once('error', (error) => {
        this.#over(child.pid, error.message);
        resolve();
      });
      child.once('exit', (code, signal) => this.#over(child.pid, signal ?? `code ${code}`, signal !== null));
      // Its last words have been read when its pipes are closed.
      child.once('close', () => resolve());
    });
  }

  #describe(pid: number | undefined): RunningChild | undefined {
    const started = pid === undefined ? undefined : startOf(pid);
    if (pid === undefined || started === undefined) return undefined;
    const { name, stage, stopSignal, graceMs } = this.spec;
    return { name, pid, started, stage, stopSignal, graceMs };
  }

  #read(chunk: Buffer): void {
    this.#log.write(chunk);
    this.#tail = (this.#tail + chunk.toString()).slice(-4000);
  }

  #over(pid: number | undefined, how: string, wasKilled = false): void {
    this.#process = undefined;
    this.#running = undefined;
    // What the process had started itself must not live on without it.
    if (pid !== undefined) send(pid, 'SIGKILL', { group: true });
    this.#news.changed();
    if (this.#isStopping) return;
    this.#deaths = Date.now() - this.#startedAt >= this.#backoff.stableMs ? 1 : this.#deaths + 1;
    const delay = restartDelay(this.#backoff, this.#deaths);
    this.#timer = setTimeout(() => this.spawn(), delay);
    const { name } = this.spec;
    this.#news.died({
      name,
      how,
      lastWords: lastWords(this.#tail, wasKilled),
      deaths: this.#deaths,
      restartInMs: delay,
    });
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#running) send(this.#running.pid, signal);
  }

  /** Ends the process in its own time and starts it again at once: no death that counts. */
  async restart(): Promise<void> {
    await this.#end();
    this.#isStopping = false;
    this.#deaths = 0;
    this.spawn();
  }

  /** Ends the process for good. Calling it again waits for the same end. */
  async stop(): Promise<void> {
    await this.#end();
    this.#log.close();
  }

  async #end(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    const hardly = setTimeout(() => this.kill(), this.spec.graceMs);
    this.signal(this.spec.stopSignal);
    // A stopped process hears nothing until it goes on.
    this.signal('SIGCONT');
    await this.#ended;
    clearTimeout(hardly);
  }

  /** Kills the process and what it started. */
  kill(): void {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    if (this.#running) send(this.#running.pid, 'SIGKILL', { group: true });
  }
}
