/** Where the media worker comes from: the user's cache, else the official download, else a build of our own. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, release, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { install, which } from '../local/apt.mjs';
import { buildMediaWorker, buildPackages } from './build.mjs';

const downloadMs = 15_000;

/**
 * The file of the media worker of one mediasoup version for this machine; it may not exist yet.
 * @param {string} version of mediasoup
 * @param {NodeJS.ProcessEnv} [env]
 */
export function cachedWorker(version, env = process.env) {
  const cache = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'lianzhen', `mediasoup-worker-${version}-${process.platform}-${process.arch}`);
}

/**
 * The mediasoup version that the lock file asks for, so that it is known before anything is installed.
 * @param {string} root of the repository
 */
export function lockedVersion(root) {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const version = lock.packages?.['node_modules/mediasoup']?.version;
  if (!version) throw new Error('package-lock.json names no version of mediasoup');
  return version;
}

/** True when the file is a media worker that can run here: without a version in its environment it says so with code 41. */
export function isRunnable(file) {
  return existsSync(file) && spawnSync(file, [], { env: {}, stdio: 'ignore', timeout: 10_000 }).status === 41;
}

/**
 * Makes sure that there is a media worker, and returns its path. Needs node_modules/mediasoup.
 * Throws an Error whose message tells a person how to go on.
 * @param {{ root: string, say: (line: string) => void, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<string>}
 */
export async function ensureMediaWorker({ root, say, env = process.env }) {
  if (env.MEDIASOUP_WORKER_BIN) {
    if (isRunnable(env.MEDIASOUP_WORKER_BIN)) return env.MEDIASOUP_WORKER_BIN;
    throw new Error(
      `MEDIASOUP_WORKER_BIN names ${env.MEDIASOUP_WORKER_BIN}, which is no media worker that runs here: unset it, or name another file`,
    );
  }
  const version = lockedVersion(root);
  const file = cachedWorker(version, env);
  if (isRunnable(file)) return file;
  mkdirSync(dirname(file), { recursive: true });
  if (await download(version, file)) {
    say(`media worker ${version}: downloaded`);
    return file;
  }
  await build({ root, version, file, say });
  return file;
}

async function build({ root, version, file, say }) {
  const advice = `Without a network, put the file there yourself or name it in MEDIASOUP_WORKER_BIN: ${file}`;
  if (!hasBuildTools()) {
    say(`media worker ${version}: installing Debian packages to build it`);
    const result = install(buildPackages);
    if (!result.ok && !hasBuildTools()) {
      throw new Error(
        `The media worker could not be downloaded, and cannot be built because ${result.why}. Run: sudo apt-get install ${buildPackages.join(' ')}\n${advice}`,
      );
    }
  }
  say(`media worker ${version}: building it once, two to four minutes on two cores`);
  try {
    await buildMediaWorker({ packageDir: join(root, 'node_modules', 'mediasoup'), output: file });
  } catch (cause) {
    throw new Error(`The media worker could not be built. ${advice}\n${cause.message}`, { cause });
  }
  if (!isRunnable(file)) throw new Error(`The media worker was built but does not run here: ${file}`);
}

function hasBuildTools() {
  const headers = ['srtp2/srtp.h', 'uv.h', 'flatbuffers/flatbuffers.h', 'absl/types/variant.h', 'openssl/ssl.h'];
  return (
    ['meson', 'ninja', 'g++', 'flatc', 'pkg-config', 'python3'].every((tool) => which(tool)) &&
    headers.every(
      (header) => existsSync(join('/usr/include', header)) || existsSync(join('/usr/local/include', header)),
    )
  );
}

/** Tries the file that mediasoup's authors publish for this platform. False when it cannot be had or does not run here. */
async function download(version, file) {
  const kernel = process.platform === 'linux' ? `-kernel${release().split('.')[0]}` : '';
  const name = `mediasoup-worker-${version}-${process.platform}-${process.arch}${kernel}.tgz`;
  const folder = mkdtempSync(join(tmpdir(), 'media-worker-'));
  try {
    const url = `https://github.com/versatica/mediasoup/releases/download/${version}/${name}`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(downloadMs) });
    if (!answer.ok) return false;
    const archive = join(folder, name);
    writeFileSync(archive, Buffer.from(await answer.arrayBuffer()));
    if (spawnSync('tar', ['-xzf', archive, '-C', folder, 'mediasoup-worker'], { stdio: 'ignore' }).status !== 0)
      return false;
    return adopt(join(folder, 'mediasoup-worker'), file);
  } catch {
    // No network, no such file, too slow: whatever it was, building is the next thing to try.
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts a worker into the cache if it runs here; the temporary folder may be on another disk, so it is copied first. */
function adopt(worker, file) {
  if (!isRunnable(worker)) return false;
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, readFileSync(worker), { mode: 0o755 });
  renameSync(part, file);
  return true;
}
