/**
 * Builds mediasoup-worker from the sources inside the npm package, against the libraries that Debian packages.
 * Needs neither GitHub nor PyPI. Runs on Node 20 with nothing installed beside the package itself.
 *
 *   node docker/media-worker/build.mjs node_modules/mediasoup /where/to/put/mediasoup-worker
 */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const overlay = fileURLToPath(new URL('overlay', import.meta.url));

/** What Debian and Ubuntu call the tools and libraries that the build uses. */
export const buildPackages = [
  'meson',
  'ninja-build',
  'pkg-config',
  'g++',
  'libssl-dev',
  'libuv1-dev',
  'libsrtp2-dev',
  'libabsl-dev',
  'libflatbuffers-dev',
  'flatbuffers-compiler',
];

/** Each edit of the upstream sources: the file, what must be there, what takes its place. */
const edits = [
  // Debian 12 has Meson 1.0, and nothing in this build needs what came after.
  { file: 'meson.build', from: "meson_version: '>= 1.1.0'", to: "meson_version: '>= 1.0.0'" },
  // The headers that nearly every source reads are compiled once.
  {
    file: 'meson.build',
    from: "cpp_args: cpp_args + ['-DMS_EXECUTABLE'],",
    to: "cpp_args: cpp_args + ['-DMS_EXECUTABLE'],\n  cpp_pch: 'pch/worker.hpp',",
  },
  // The callback answers 1 to everything but a plain "return" event, control calls included. Debian's OpenSSL has
  // kernel TLS compiled in and asks the BIO whether it is in use; a 1 reads as yes, OpenSSL then makes no write buffer,
  // and the worker crashes in its first DTLS handshake. Any event that carries a result has to hand that result on.
  {
    file: 'src/RTC/DtlsTransport.cpp',
    from: '(operationType == BIO_CB_RETURN) ?',
    to: '((operationType & BIO_CB_RETURN) != 0) ?',
  },
];

/**
 * Lays our stand-ins for the bundled libraries over a copy of the worker's sources, and edits what has to differ.
 * Throws when the sources no longer hold what an edit looks for, because then someone has to look at it again.
 * @param {string} tree a private copy of `mediasoup/worker`
 */
export function adaptSources(tree) {
  // A wrap file tells Meson to download a library; without them it can only use what lies there.
  const subprojects = join(tree, 'subprojects');
  for (const name of readdirSync(subprojects)) if (name.endsWith('.wrap')) rmSync(join(subprojects, name));
  cpSync(overlay, tree, { recursive: true });
  for (const { file, from, to } of edits) {
    const text = readFileSync(join(tree, file), 'utf8');
    if (text.split(from).length !== 2)
      throw new Error(
        `${file} does not hold "${from}" exactly once: this mediasoup needs a new look at docker/media-worker`,
      );
    writeFileSync(
      join(tree, file),
      text.replace(from, () => to),
    );
  }
}

/**
 * Builds the worker. Takes two to four minutes on two cores.
 * @param {{ packageDir: string, output: string, onLine?: (line: string) => void }} options
 *   `packageDir` is the unpacked npm package `mediasoup`, `output` the file to make.
 */
export async function buildMediaWorker({ packageDir, output, onLine = () => {} }) {
  const tree = mkdtempSync(join(tmpdir(), 'media-worker-'));
  try {
    cpSync(join(packageDir, 'worker'), tree, { recursive: true });
    adaptSources(tree);
    await run(
      'meson',
      ['setup', 'out', '--buildtype=release', '-Db_ndebug=true', '--wrap-mode=nodownload'],
      tree,
      onLine,
    );
    await run('ninja', ['-C', 'out', 'mediasoup-worker'], tree, onLine);
    mkdirSync(dirname(resolve(output)), { recursive: true });
    // Whoever finds the file may run it at once, so it appears whole or not at all.
    const part = `${output}.${process.pid}.part`;
    copyFileSync(join(tree, 'out', 'mediasoup-worker'), part);
    chmodSync(part, 0o755);
    renameSync(part, output);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

/** Runs a build tool to its end. Rejects with the last lines it printed when it fails. */
function run(command, args, cwd, onLine) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const last = [];
    const read = (chunk) => {
      for (const line of String(chunk).split('\n').filter(Boolean)) {
        last.push(line);
        if (last.length > 30) last.shift();
        onLine(line);
      }
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', (cause) => fail(new Error(`${command} could not be run: ${cause.message}`, { cause })));
    child.on('close', (code) =>
      code === 0 ? done() : fail(new Error(`${command} ended with ${code}:\n${last.join('\n')}`)),
    );
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [packageDir, output] = process.argv.slice(2);
  if (!packageDir || !output) {
    console.error('usage: node docker/media-worker/build.mjs PACKAGE_DIR OUTPUT_FILE');
    process.exit(2);
  }
  await buildMediaWorker({ packageDir, output, onLine: (line) => console.log(line) });
}
