import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { type Backoff, type ChildSpec, lastWords, restartDelay } from './child.ts';
import { clearLeftovers } from './hub-lock.mjs';
import { send, startOf } from './processes.mjs';
import { Supervisor } from './supervisor.ts';

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'supervisor-'));
  mkdirSync(join(dir, 'run'));
  ends.push(async () => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function supervise(dataDir: string, backoff: Partial<Backoff> = {}) {
  const said: string[] = [];
  const supervisor = new Supervisor({
    dataDir,
    logDir: join(dataDir, 'logs'),
    say: (line) => said.push(line),
    backoff,
  });
  ends.push(() => supervisor.stop());
  return { supervisor, said };
}

/** A process that writes down when it starts and when it is asked to end, and takes `endMs` for that. */
function recorder(
  dir: string,
  name: string,
  stage: ChildSpec['stage'],
  { endMs = 0, ignores = false } = {},
): ChildSpec {
  const diary = join(dir, 'diary');
  const note = (word: string) => `fs.appendFileSync(${JSON.stringify(diary)}, ${JSON.stringify(`${name} ${word}\n`)});`;
  const script = `
    const fs = require('node:fs');
    process.on('SIGTERM', () => { ${note('asked')} ${ignores ? '' : `setTimeout(() => { ${note('ended')} process.exit(0); }, ${endMs});`} });
    ${note('started')}
    setInterval(() => {}, 1000);
  `;
  return {
    name,
    stage,
    command: process.execPath,
    args: ['-e', script],
    env: {},
    stopSignal: 'SIGTERM',
    graceMs: ignores ? 300 : 10_000,
  };
}

const diary = (dir: string) =>
  existsSync(join(dir, 'diary')) ? readFileSync(join(dir, 'diary'), 'utf8').trim().split('\n') : [];
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 15_000, interval: 20 });
const pidOf = (supervisor: Supervisor, name: string) => supervisor.pids[name] ?? Number.NaN;

test('the wait before a restart doubles up to its bound', () => {
  const backoff = { initialMs: 250, maxMs: 30_000, stableMs: 60_000 };
  expect([1, 2, 3, 4, 8, 50].map((deaths) => restartDelay(backoff, deaths))).toEqual([
    250, 500, 1000, 2000, 30_000, 30_000,
  ]);
});

test('of what a process said last, the error is told', () => {
  const trace = '{"msg":"listens"}\nError: no such file\n    at open (node:fs)\n\nNode.js v24\n';
  expect(lastWords(trace)).toBe('Error: no such file');
  expect(lastWords('one\ntwo\n')).toBe('two');
  expect(lastWords('')).toBe('');
  expect(lastWords('listens\n', true)).toBe('');
});

test('what is killed runs again, and its death is told once', async () => {
  const dir = folder();
  const { supervisor, said } = supervise(dir, { initialMs: 10 });
  await supervisor.start(recorder(dir, 'http', 'edge'));
  await eventually(() => expect(diary(dir)).toEqual(['http started']));
  const first = pidOf(supervisor, 'http');
  supervisor.kill('http', 'SIGKILL');
  await eventually(() => expect(diary(dir)).toEqual(['http started', 'http started']));
  expect(pidOf(supervisor, 'http')).not.toBe(first);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('http');
  expect(said[0]).toContain('SIGKILL');
});

test('what dies at once again and again is started ever more slowly, and its last words are told', async () => {
  const dir = folder();
  const { supervisor, said } = supervise(dir, { initialMs: 1, maxMs: 8, stableMs: 60_000 });
  const script = 'console.error("no key"); process.exit(3)';
  await supervisor.start({ ...recorder(dir, 'sfu', 'edge'), args: ['-e', script] });
  await eventually(() => expect(said.length).toBeGreaterThanOrEqual(5));
  expect(said.slice(0, 5).map((line) => / ([\d.]+) s /.exec(line)?.[1])).toEqual([
    '0.001',
    '0.002',
    '0.004',
    '0.008',
    '0.008',
  ]);
  expect(said[0]).toContain('code 3');
  expect(said[0]).toContain('no key');
});

test('a child that lived long enough is forgiven its earlier deaths', async () => {
  const dir = folder();
  const { supervisor, said } = supervise(dir, { initialMs: 1, maxMs: 1000, stableMs: 0 });
  await supervisor.start({ ...recorder(dir, 'mllp', 'edge'), args: ['-e', 'process.exit(1)'] });
  await eventually(() => expect(said.length).toBeGreaterThanOrEqual(4));
  expect(said.every((line) => line.includes(' 0.001 s '))).toBe(true);
});

test('a program that does not exist is told and tried again', async () => {
  const dir = folder();
  const { supervisor, said } = supervise(dir, { initialMs: 5 });
  const spec = { ...recorder(dir, 'redis', 'store'), command: join(dir, 'nothing-here') };
  await expect(supervisor.start(spec, 200)).rejects.toThrow('redis is not ready');
  expect(said[0]).toContain('ENOENT');
});

test('edges stop before workers and workers before stores, each in its own time', async () => {
  const dir = folder();
  const { supervisor } = supervise(dir);
  await supervisor.start(recorder(dir, 'postgres', 'store'));
  await supervisor.start(recorder(dir, 'workers', 'worker', { endMs: 50 }));
  await supervisor.start(recorder(dir, 'http', 'edge', { endMs: 150 }));
  await eventually(() => expect(diary(dir)).toHaveLength(3));
  const pids = Object.values(supervisor.pids);
  await supervisor.stop();
  expect(diary(dir).slice(3)).toEqual([
    'http asked',
    'http ended',
    'workers asked',
    'workers ended',
    'postgres asked',
    'postgres ended',
  ]);
  expect(pids.map(startOf)).toEqual([undefined, undefined, undefined]);
  expect(supervisor.pids).toEqual({});
});

test('what does not listen is killed when its grace is over', async () => {
  const dir = folder();
  const { supervisor } = supervise(dir);
  await supervisor.start(recorder(dir, 'workers', 'worker', { ignores: true }));
  await eventually(() => expect(diary(dir)).toHaveLength(1));
  const pid = pidOf(supervisor, 'workers');
  await supervisor.stop();
  expect(diary(dir)).toEqual(['workers started', 'workers asked']);
  expect(startOf(pid)).toBeUndefined();
});

test('what was paused is woken to stop', async () => {
  const dir = folder();
  const { supervisor } = supervise(dir);
  await supervisor.start(recorder(dir, 'workers', 'worker'));
  await eventually(() => expect(diary(dir)).toHaveLength(1));
  supervisor.kill('workers', 'SIGSTOP');
  await supervisor.stop();
  expect(diary(dir)).toEqual(['workers started', 'workers asked', 'workers ended']);
});

test('a restart ends the old process first and counts as no death', async () => {
  const dir = folder();
  const { supervisor, said } = supervise(dir);
  await supervisor.start(recorder(dir, 'http', 'edge', { endMs: 30 }));
  await eventually(() => expect(diary(dir)).toHaveLength(1));
  await supervisor.restart('http');
  await eventually(() => expect(diary(dir)).toEqual(['http started', 'http asked', 'http ended', 'http started']));
  expect(said).toEqual([]);
});

test('what a child had started itself does not outlive it', async () => {
  const dir = folder();
  const { supervisor } = supervise(dir, { initialMs: 60_000 });
  const file = join(dir, 'grandchild');
  const script = `
    const child = require('node:child_process').spawn('sleep', ['1000']);
    require('node:fs').writeFileSync(${JSON.stringify(file)}, String(child.pid));
    setInterval(() => {}, 1000);
  `;
  await supervisor.start({ ...recorder(dir, 'sfu', 'edge'), args: ['-e', script] });
  await eventually(() => expect(existsSync(file) && readFileSync(file, 'utf8')).toMatch(/^\d+$/));
  const grandchild = Number(readFileSync(file, 'utf8'));
  expect(startOf(grandchild)).toBeDefined();
  supervisor.kill('sfu', 'SIGKILL');
  await eventually(() => expect(startOf(grandchild)).toBeUndefined());
});

/** A supervisor in a process of its own, with one child of each stage; resolves when all three run. */
async function supervisorProcess(dir: string) {
  const specs = [
    recorder(dir, 'postgres', 'store'),
    recorder(dir, 'workers', 'worker', { endMs: 50 }),
    recorder(dir, 'http', 'edge', { endMs: 100 }),
  ];
  const program = join(dir, 'supervise.mjs');
  const url = new URL('supervisor.ts', import.meta.url).href;
  writeFileSync(
    program,
    `import { Supervisor } from ${JSON.stringify(url)};
     const supervisor = new Supervisor({ dataDir: ${JSON.stringify(dir)}, logDir: ${JSON.stringify(join(dir, 'logs'))}, say: () => {} });
     for (const spec of ${JSON.stringify(specs)}) await supervisor.start(spec);
     console.log(JSON.stringify(supervisor.pids));`,
  );
  const parent = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  ends.push(async () => parent.kill('SIGKILL'));
  const line = await new Promise<string>((resolve) => parent.stdout.once('data', (chunk) => resolve(String(chunk))));
  await eventually(() => expect(diary(dir)).toHaveLength(3));
  return { parent, pids: Object.values(JSON.parse(line) as Record<string, number>) };
}

test('no child is left when the supervisor is killed, and they still stop in order', async () => {
  const dir = folder();
  const { parent, pids } = await supervisorProcess(dir);
  parent.kill('SIGKILL');
  await eventually(() => expect(pids.map(startOf)).toEqual([undefined, undefined, undefined]));
  expect(diary(dir).slice(3)).toEqual([
    'http asked',
    'http ended',
    'workers asked',
    'workers ended',
    'postgres asked',
    'postgres ended',
  ]);
});

test('the next start clears what is left when the guardian was killed as well', async () => {
  const dir = folder();
  const { parent, pids } = await supervisorProcess(dir);
  const guardian = childrenOf(parent.pid ?? 0).find((pid) => !pids.includes(pid));
  expect(guardian).toBeDefined();
  // Stopped first, so that the guardian cannot act between the two blows.
  send(guardian ?? 0, 'SIGSTOP');
  parent.kill('SIGKILL');
  send(guardian ?? 0, 'SIGKILL');
  await eventually(() => expect(startOf(guardian ?? 0)).toBeUndefined());
  expect(pids.map(startOf)).not.toContain(undefined);
  expect(await clearLeftovers(dir)).toEqual(['postgres', 'workers', 'http']);
  expect(pids.map(startOf)).toEqual([undefined, undefined, undefined]);
});

/** The processes whose parent is `pid`. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
}
