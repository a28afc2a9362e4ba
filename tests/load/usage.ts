import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process has ended; what it used is counted with its parent.
    return '';
  }
};

/** Clock ticks in a second: 100 on every Linux of today (USER_HZ). */
const ticks = 100;

interface Stat {
  pid: number;
  parent: number;
  seconds: number;
}

function statOf(pid: number): Stat | undefined {
  const text = read(`/proc/${pid}/stat`);
  // The name in brackets may hold anything, so fields are counted from its end (proc(5), /proc/pid/stat).
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent] = fields;
  if (!text || parent === undefined) return undefined;
  // utime, stime, and both of the children that have ended and were waited for.
  const seconds = fields.slice(11, 15).reduce((sum, one) => sum + one, 0) / ticks;
  return { pid, parent, seconds };
}

/** Who started a process. */
export const parentOf = (pid: number): number => statOf(pid)?.parent ?? 0;

/** Some processes and everything they started. */
function treeOf(roots: readonly number[]): Stat[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? []);
  const tree = new Map(all.filter(({ pid }) => roots.includes(pid)).map((stat) => [stat.pid, stat]));
  for (let size = -1; size !== tree.size; ) {
    size = tree.size;
    for (const stat of all) if (tree.has(stat.parent)) tree.set(stat.pid, stat);
  }
  return [...tree.values()];
}

/** CPU seconds, user and system, that some processes and their children have used so far. */
export const cpuSecondsOf = (roots: readonly number[]): number =>
  treeOf(roots).reduce((sum, { seconds }) => sum + seconds, 0);

const megabytesIn = (path: string, label: string): number =>
  Number(new RegExp(`^${label}:\\s+(\\d+) kB`, 'm').exec(read(path))?.[1] ?? 0) / 1024;

/** Begins a new measurement of a process's peak. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The most memory a process has had resident since `forgetPeak`, in MiB. */
export const peakMegabytesOf = (pid: number): number => megabytesIn(`/proc/${pid}/status`, 'VmHWM');

/** What some processes and their children hold now, in MiB; shared pages are divided among those who share them. */
export const megabytesOf = (roots: readonly number[]): number =>
  treeOf(roots).reduce((sum, { pid }) => sum + megabytesIn(`/proc/${pid}/smaps_rollup`, 'Pss'), 0);
