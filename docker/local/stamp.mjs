/** Remembers by content what has been made from what, so that nothing is made twice. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const skipped = new Set(['node_modules', 'dist', 'generated', '.turbo', '.git']);

/**
 * A digest of the names and bytes of files; folders are taken whole, what does not exist counts as nothing.
 * @param {string} root
 * @param {string[]} paths relative to root
 */
export function digest(root, paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesIn(join(root, path))).sort()) {
    const bytes = readFileSync(file);
    // Lengths keep two files from running into each other.
    hash.update(`${relative(root, file)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { withFileTypes: true }).filter((entry) => !skipped.has(entry.name));
  return entries.flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(path, entry.name)) : entry.isFile() ? [join(path, entry.name)] : [],
  );
}

/**
 * Runs `make` unless its product is there and was made from the same sources.
 * @param {{ root: string, name: string, sources: string[], product: string, make: () => void | Promise<void> }} options
 *   `sources` and `product` are relative to `root`
 * @returns {Promise<boolean>} whether it had to be made
 */
export async function makeOnce({ root, name, sources, product, make }) {
  const file = join(root, 'node_modules', '.cache', 'lianzhen', `${name}.stamp`);
  const wanted = digest(root, sources);
  if (existsSync(join(root, product)) && existsSync(file) && readFileSync(file, 'utf8') === wanted) return false;
  await make();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, wanted);
  return true;
}
