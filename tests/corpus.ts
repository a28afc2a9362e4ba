import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

let hasSaid = false;

/**
 * The folder of real files that tests and benches may read: `HUB_CORPUS`, else `../shared/data` beside the project.
 * Says `skipped: no corpus` once where there is none; a suite that needs it then skips.
 */
export function corpus(): string | undefined {
  const folder = resolve(process.env.HUB_CORPUS ?? join(import.meta.dirname, '../../shared/data'));
  if (existsSync(folder)) return folder;
  if (!hasSaid) console.log('skipped: no corpus');
  hasSaid = true;
  return undefined;
}

/** Paths of all corpus files below a folder of it (`dicom/knee-mr`) with an ending, sorted; empty without a corpus. */
export function corpusFiles(under: string, ending = '.dcm'): string[] {
  const folder = corpus();
  if (!folder || !existsSync(join(folder, under))) return [];
  return readdirSync(join(folder, under), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
