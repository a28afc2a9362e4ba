import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { listenOn } from '../sims/listen.ts';
import { temporaryFolder } from './dimse-tools.ts';

/** DCMTK's storescp until the test is over. @returns the folder that it stores into, and a destination's settings */
export async function receiveStored(...options: string[]) {
  const folder = await temporaryFolder();
  const probe = createServer();
  const port = await listenOn(probe, 0);
  await new Promise((resolve) => probe.close(resolve));
  const child = spawn('storescp', ['-od', folder, ...options, String(port)], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill();
    await ended;
  });
  await expect.poll(() => isOpen(port), { timeout: 10_000 }).toBe(true);
  return { folder, config: { host: '127.0.0.1', port, calledAeTitle: 'STORESCP', timeoutMs: 5000 } };
}

const isOpen = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
