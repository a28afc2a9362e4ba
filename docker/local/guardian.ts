import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { RunningChild } from './processes.mjs';

const program = fileURLToPath(new URL('guardian.mjs', import.meta.url));

/**
 * The supervisor's end of the guardian: a process that sees the supervisor die, because a pipe closes, and then stops
 * its children. If the guardian itself is killed, another takes its place.
 */
export class Guardian {
  #process: ChildProcess | undefined;
  #children: RunningChild[] = [];
  #isDismissed = false;

  /** Tells who is to be stopped if the supervisor is killed from now on. */
  watch(children: RunningChild[]): void {
    this.#children = children;
    this.#process ??= this.#spawn();
    this.#process.stdin?.write(`${JSON.stringify(children)}\n`);
  }

  /** Lets the guardian go; there must be no child left. */
  async dismiss(): Promise<void> {
    this.#isDismissed = true;
    const guardian = this.#process;
    if (!guardian || guardian.exitCode !== null || guardian.signalCode !== null) return;
    const gone = new Promise((resolve) => guardian.once('exit', resolve));
    guardian.stdin?.end('[]\n');
    await gone;
  }

  #replace(): void {
    if (!this.#isDismissed) this.watch(this.#children);
  }

  #spawn(): ChildProcess {
    const guardian = spawn(process.execPath, [program], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: {},
    });
    // Writing to a guardian that was killed fails; its successor gets the whole list.
    guardian.stdin?.on('error', () => undefined);
    guardian.once('exit', () => {
      this.#process = undefined;
      // A moment's pause, so that a machine without memory is not kept busy with guardians.
      setTimeout(() => this.#replace(), 200).unref();
    });
    return guardian;
  }
}
