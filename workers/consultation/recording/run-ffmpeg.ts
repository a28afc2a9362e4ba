import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { HubError } from '@lianzhen/contracts/errors.ts';

/** Behind everything that somebody waits for. */
const niceness = 10;
const lastWords = 1500;

/**
 * Runs ffmpeg to its end. It reads and writes files only, and asks nobody anything.
 * @throws HubError `unavailable` where there is none; Error with its last words where it fails
 */
export function runFfmpeg(program: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const all = ['-hide_banner', '-nostdin', '-loglevel', 'error', '-y', ...args];
    const child = spawn(program, all, { stdio: ['ignore', 'ignore', 'pipe'], signal, killSignal: 'SIGKILL' });
    let said = '';
    child.stderr.on('data', (part: Buffer) => {
      said = (said + part.toString()).slice(-lastWords);
    });
    child.once('spawn', () => {
      if (child.pid !== undefined) setPriority(child.pid, niceness);
    });
    child.once('error', (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'ENOENT' ? new HubError('unavailable', { part: 'ffmpeg' }, { cause }) : cause),
    );
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`ffmpeg ended with ${code}: ${said.trim()}`));
    });
  });
}
