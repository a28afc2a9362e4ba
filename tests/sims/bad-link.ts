import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { which } from '../../docker/local/apt.mjs';

export interface LinkSettings {
  /** One way. */
  delayMs: number;
  jitterMs: number;
  lossPercent: number;
  /** Each way; 0 is as fast as the machine. */
  rateKbps: number;
  /** How long a packet waits before a slow link at the most; what comes then is dropped. */
  queueMs: number;
  isSilent: boolean;
  /** What a firewall lets through; it drops the rest without a word. */
  passes: 'all' | 'tcp' | 'tcp-443';
  /** The last number of the person's address: another one is another network. */
  host: number;
}
interface Carried {
  carried: number;
  lost: number;
  bytes: number;
}
export interface LinkReport {
  fromHub: Carried;
  toHub: Carried;
}

/** A network of its own for one person, and the link from there to the addresses of this machine. */
export interface BadLink {
  /** Changes what the link is like, at once. @returns what it has carried so far */
  set(changes: Partial<LinkSettings>): Promise<LinkReport>;
  /** The words before a command that put it into the person's network. */
  readonly inside: readonly string[];
  /** A program file that runs the given program in the person's network. */
  wrap(program: string): string;
  close(): Promise<void>;
}

const tools = { ip: which('ip'), nsenter: which('nsenter'), python3: which('python3') };

/** Why there can be no networks here, or undefined. */
export function missingForLinks(): string | undefined {
  const lacking = Object.entries(tools).flatMap(([name, path]) => (path ? [] : [name]));
  if (lacking.length > 0) return `${lacking.join(', ')} not installed`;
  // What is made in the network of this command ends with it.
  const trial = ['--net', tools.ip ?? 'ip', 'tuntap', 'add', 'mode', 'tun', 'name', 'trial'];
  const { status, stderr } = spawnSync('unshare', trial, { encoding: 'utf8' });
  return status === 0 ? undefined : `networks of their own cannot be made: ${stderr?.trim() || 'no unshare'}`;
}

/** The networks of one run: `10.<net>`, by process, so that two runs on one machine do not meet. */
const net = `10.${64 + (process.pid % 150)}`;
/** This machine as people behind links see it: the hub at the first address, its relay at the second. */
export const nearAddresses = [`${net}.0.1`, `${net}.0.2`] as const;
let made = 0;

/** Opens a link; its random losses are the same for the same seed and packets. It goes with this process. */
export async function openLink(settings: Partial<LinkSettings> = {}, seed = 1): Promise<BadLink> {
  made += 1;
  const wanted = { near: nearAddresses, subnet: `${net}.${made}`, seed };
  const child = spawn(tools.python3 ?? 'python3', [join(import.meta.dirname, 'bad-link.py'), JSON.stringify(wanted)]);
  const ask = answersOf(child);
  await ask();
  const inside = [tools.nsenter ?? 'nsenter', `--net=/proc/${child.pid}/ns/net`, '--'];
  const folder = mkdtempSync(join(tmpdir(), 'lianzhen-link-'));
  const set = (changes: Partial<LinkSettings>) => {
    child.stdin.write(`${JSON.stringify(changes)}\n`);
    return ask();
  };
  const wrap = (program: string) => {
    const file = join(folder, program.replaceAll('/', '-'));
    writeFileSync(file, `#!/bin/sh\nexec ${inside.join(' ')} ${program} "$@"\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const close = async () => {
    rmSync(folder, { recursive: true, force: true });
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end();
    await ended;
  };
  await set(settings);
  return { set, inside, wrap, close };
}

/** One answer for each question, in order; all that were not answered fail when the program ends. */
function answersOf(child: ChildProcessWithoutNullStreams): () => Promise<LinkReport> {
  const waiting: { resolve: (report: LinkReport) => void; reject: (cause: Error) => void }[] = [];
  const early: LinkReport[] = [];
  let words = '';
  let why: Error | undefined;
  child.stderr.on('data', (bytes) => {
    words = `${words}${bytes}`.slice(-2000);
  });
  // Writing to a program that has ended is told by its end.
  child.stdin.on('error', () => undefined);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const report = JSON.parse(line) as LinkReport;
    const next = waiting.shift();
    if (next) next.resolve(report);
    else early.push(report);
  });
  child.once('close', (code, signal) => {
    why = new Error(`the link ended (${code ?? signal}): ${words}`);
    for (const { reject } of waiting.splice(0)) reject(why);
  });
  return () =>
    new Promise((resolve, reject) => {
      const report = early.shift();
      if (report) resolve(report);
      else if (why) reject(why);
      else waiting.push({ resolve, reject });
    });
}
