import { link, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';

const mostNames = 10_000;

/**
 * Moves a file into a folder below its own, under its name or, where that is taken, with a number: a recorder that begins
 * its numbers anew each day must not write over what it sent yesterday.
 * @returns the name that it has there
 */
export async function moveAside(folder: string, into: 'sent' | 'refused', name: string): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let number = 1; number <= mostNames; number++) {
    const free = number === 1 ? name : `${stem} (${number})${ext}`;
    if (await moveIfFree(join(folder, name), join(folder, into, free))) return free;
  }
  throw new Error(`${into}: ${name} ${mostNames} 个同名文件 · files of this name`);
}

/** Names of folders that know no second name for a file: memory sticks, some network drives. */
const noLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'];

/** A second name first, then without the first: unlike renaming, that never writes over another file. */
async function moveIfFree(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!noLinks.includes(code)) throw cause;
    return renameIfFree(from, to);
  }
  await unlink(from);
  return true;
}

async function renameIfFree(from: string, to: string): Promise<boolean> {
  const isTaken = await stat(to).then(
    () => true,
    () => false,
  );
  if (!isTaken) await rename(from, to);
  return !isTaken;
}

/** Moves a file to `refused`, with a text beside it that says why. */
export async function refuse(folder: string, name: string, why: string): Promise<void> {
  const moved = await moveAside(folder, 'refused', name);
  await writeFile(join(folder, 'refused', `${moved}.txt`), `${why}\n`, 'utf8');
}
