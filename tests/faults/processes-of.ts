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

/** Which of some processes has a TCP connection open to a port of this machine. Linux. */
export function whoIsConnectedTo(port: number, pids: readonly number[]): number | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  return pids.find((pid) => {
    const table = ['tcp', 'tcp6'].flatMap((kind) => readFileSync(`/proc/${pid}/net/${kind}`, 'utf8').split('\n'));
    // The third column is the remote address, the tenth the inode.
    const rows = table.map((line) => line.trim().split(/\s+/)).filter((row) => row[2]?.endsWith(`:${hex}`));
    const inodes = new Set(rows.map((row) => `socket:[${row[9]}]`));
    return readdirSync(`/proc/${pid}/fd`).some((fd) =>
      inodes.has(read(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? ''),
    );
  });
}
