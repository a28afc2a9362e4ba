import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { cachedWorker, lockedVersion } from '../media-worker/locate.mjs';
import type { Backoff, ChildSpec, Death } from './child.ts';
import { takeLock } from './hub-lock.mjs';
import { freePort } from './ports.mjs';
import { waitUntilReady } from './readiness.ts';
import { type RoleSettings, roleEnv, roleSpecs, root } from './roles.ts';
import { readSecrets } from './secrets.ts';
import type { Ports } from './settings.mjs';
import { fillDatabase, startStores } from './stores.ts';
import { Supervisor } from './supervisor.ts';
import { startTurn, turnName } from './turn.ts';

export interface HubOptions {
  /** Where everything is kept; when left out, a temporary folder that is removed in the end. */
  dataDir?: string;
  /** A folder that another hub has left in order, which the temporary one begins as. */
  copyOf?: string;
  /** Free ones are taken for those left out. */
  ports?: Partial<Ports>;
  /** Beside or instead of this process's own environment, for the roles. */
  env?: NodeJS.ProcessEnv;
  /** Fill an empty store with the demo region. True when left out and the database is the hub's own. */
  demo?: boolean;
  /** A database on another server, made when it is not there. The hub then runs no PostgreSQL. */
  databaseUrl?: string;
  /** Another Redis. The hub then runs none. */
  redisUrl?: string;
  say?: (line: string) => void;
  /** How long the roles may take until /readyz answers 200. */
  readyMs?: number;
  backoff?: Partial<Backoff>;
  /** Gives up a start that is under way, and stops what it had started. */
  signal?: AbortSignal;
  /** Other processes than the product's; for tests of the hub itself. */
  roles?: (env: NodeJS.ProcessEnv) => ChildSpec[];
}

export interface Hub {
  url: string;
  dataDir: string;
  ports: Ports;
  databaseUrl: string;
  redisUrl: string;
  /** Who runs now: postgres, redis, turn where there is one, workers, http, dimse, mllp, sfu. One that just died is not in it. */
  readonly pids: Record<string, number>;
  /** Sends a signal to one process alone. The supervisor starts again what dies of it. */
  kill: (name: string, signal: NodeJS.Signals) => void;
  /** Ends one process in its own time and starts it again. */
  restart: (name: string) => Promise<void>;
  /** Waits until /readyz answers 200; rejects naming what is down. */
  untilReady: (timeoutMs?: number) => Promise<void>;
  /** Stops everything in order: edges, workers, stores. */
  stop: () => Promise<void>;
  /** Makes a stop that is under way wait for no role any longer. */
  hurry: () => void;
}

/**
 * Starts a whole hub on this machine and waits until it is ready. Whatever it had started is stopped when it fails.
 * @throws with what went wrong and where to look
 */
export async function startHub(options: HubOptions = {}): Promise<Hub> {
  const say = options.say ?? (() => undefined);
  const dataDir = prepareFolder(options.dataDir, options.copyOf);
  const logDir = join(dataDir, 'logs');
  const ports = await choosePorts(options.ports ?? {});
  const url = `http://localhost:${ports.http}`;
  const lock = await takeLock(dataDir, url);
  if (lock.cleared.length > 0) say(`已清理上次遗留的进程 · stopped what the last run left: ${lock.cleared.join(', ')}`);
  const { supervisor, signal, isUp } = openSupervisor(options, dataDir, logDir, say);
  const stop = async () => {
    await supervisor.stop();
    lock.release();
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  };
  const { readyMs = 60_000 } = options;
  try {
    signal.throwIfAborted();
    const stores = await startStores({ supervisor, dataDir, say, ...options });
    const turn = options.roles ? undefined : await startTurn({ supervisor, dataDir, env: optionsEnv(options), say });
    const env = chooseRoleEnv(options, { dataDir, ports, turn, ...stores });
    await fillDatabase({ env, logDir, say, signal });
    await Promise.all((options.roles ?? roleSpecs)(env).map((spec) => supervisor.start(spec)));
    await waitUntilReady({ url, timeoutMs: readyMs, logDir, signal });
    isUp();
    return {
      url,
      dataDir,
      ports,
      ...stores,
      get pids() {
        return supervisor.pids;
      },
      kill: (name, signal) => supervisor.kill(name, signal),
      restart: (name) => supervisor.restart(name),
      untilReady: (timeoutMs = readyMs) => waitUntilReady({ url, timeoutMs, logDir, signal: options.signal }),
      stop,
      hurry: () => supervisor.hurry(),
    };
  } catch (error) {
    await stop();
    // Whatever broke because the start was given up is not what a person wants to read.
    signal.throwIfAborted();
    throw error;
  }
}

/**
 * The supervisor of a start, and a signal that ends the start early: because the caller gave it up, or because a role
 * dies again and again. One that cannot start now will not start in two minutes either; but once the hub was up
 * (`isUp`), what dies is started again for ever.
 */
function openSupervisor(options: HubOptions, dataDir: string, logDir: string, say: (line: string) => void) {
  const hopeless = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, hopeless.signal]) : hopeless.signal;
  let wasUp = false;
  const onDeath = ({ name, deaths, lastWords }: Death) => {
    // Without a relay most people can still meet: it alone keeps no hub from starting.
    if (wasUp || deaths < 5 || name === turnName) return;
    hopeless.abort(new Error(`${name} cannot start: ${lastWords}\nsee ${join(logDir, name)}.log`));
  };
  const { backoff } = options;
  const supervisor = new Supervisor({ dataDir, logDir, say, onDeath, ...(backoff ? { backoff } : {}) });
  signal.addEventListener('abort', () => void supervisor.stop(), { once: true });
  const isUp = () => {
    wasUp = true;
  };
  return { supervisor, signal, isUp };
}

/** @returns the folder that is wanted, or a temporary one, with what a hub needs in it */
export function prepareFolder(wanted?: string, copyOf?: string): string {
  const dataDir = resolve(wanted ?? mkdtempSync(join(tmpdir(), 'lianzhen-')));
  mkdirSync(dataDir, { recursive: true });
  // The files of PostgreSQL have another owner, and have to keep it.
  if (copyOf) execFileSync('cp', ['-a', `${copyOf}/.`, dataDir]);
  // What is inside protects itself; as root, PostgreSQL's own account has to pass through.
  chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
  for (const name of ['logs', 'blobs', 'run']) mkdirSync(join(dataDir, name), { recursive: true, mode: 0o700 });
  return dataDir;
}

async function choosePorts(given: Partial<Ports>): Promise<Ports> {
  const choose = async (port: number | undefined) => port ?? (await freePort());
  return {
    http: await choose(given.http),
    dimse: await choose(given.dimse),
    mllp: await choose(given.mllp),
    rtc: await choose(given.rtc),
  };
}

const optionsEnv = (options: HubOptions): NodeJS.ProcessEnv => ({ ...process.env, ...options.env });

function chooseRoleEnv(
  options: HubOptions,
  place: Pick<RoleSettings, 'dataDir' | 'ports' | 'databaseUrl' | 'redisUrl' | 'turn'>,
): NodeJS.ProcessEnv {
  const env = optionsEnv(options);
  return roleEnv({
    ...place,
    env,
    secrets: readSecrets(place.dataDir),
    mediaWorker: env.MEDIASOUP_WORKER_BIN || cachedWorker(lockedVersion(root), env),
    isDemo: options.demo ?? options.databaseUrl === undefined,
  });
}
