import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const read = <T>(reading: () => T): T | undefined => {
  try {
    return reading();
  } catch {
    // It ended while it was looked at, or is another account's.
    return undefined;
  }
};

/** Every process of this machine that works in a folder, names it on its command line or was started with it. Linux. */
export function processesOf(folder: string): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      const command = read(() => readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim());
      // A zombie has no command line any more: it only waits to be counted.
      if (!command) return [];
      const cwd = read(() => readlinkSync(`/proc/${name}/cwd`)) ?? '';
      const env = read(() => readFileSync(`/proc/${name}/environ`, 'utf8')) ?? '';
      const belongs = [command, cwd, env].some((text) => text.includes(folder));
      return belongs ? [{ pid: Number(name), command: command.slice(0, 120) }] : [];
    });
}

/** The media workers that a process has started. Linux. */
export function mediaWorkersOf(sfu: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(() => readFileSync(`/proc/${name}/stat`, 'utf8')) ?? '';
      // The name in brackets may hold anything; behind it come the state and the parent (proc(5)).
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return parent === sfu && stat.includes('(mediasoup-work') ? [Number(name)] : [];
    });
}

/** Which of some processes takes TCP connections at a port of this machine. Linux. */
export const whoListensOn = (port: number, pids: readonly number[]): number | undefined =>
  // The second column is the own address, the fourth the state: 0A listens.
  whoHas(pids, (row) => row[3] === '0A' && (row[1]?.endsWith(hexOf(port)) ?? false));

const hexOf = (port: number): string => `:${port.toString(16).toUpperCase().padStart(4, '0')}`;

function whoHas(pids: readonly number[], isWanted: (row: string[]) => boolean): number | undefined {
  return pids.find((pid) => {
    const table = ['tcp', 'tcp6'].flatMap((kind) => readFileSync(`/proc/${pid}/net/${kind}`, 'utf8').split('\n'));
    // The tenth column is the inode.
    const rows = table.map((line) => line.trim().split(/\s+/)).filter(isWanted);
    const inodes = new Set(rows.map((row) => `socket:[${row[9]}]`));
    return readdirSync(`/proc/${pid}/fd`).some((fd) =>
      inodes.has(read(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? ''),
    );
  });
}
