/** Runs the rest of a start under another Node, and passes on what people tell this process. */
import { spawn } from 'node:child_process';

/**
 * The other process sits in a session of its own, so that a Ctrl-C reaches it once, through here; and when this process
 * is killed, its channel closes and it stops.
 * @param {string} node
 * @param {string} program
 * @param {NodeJS.ProcessEnv} env
 */
export function handOver(node, program, env) {
  const child = spawn(node, [program], { env, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  watchParent(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(`✗ ${node} could not be run: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal)
      console.error(
        `✗ 监管进程被 ${signal} 终止,其余进程由守护进程停止 · the supervisor was ended by ${signal}; its guardian stops the rest`,
      );
    process.exit(code ?? 1);
  });
}

/**
 * npm itself may be killed without a chance to tell anyone. Then nobody can stop what it started but we.
 * @param {() => void} onGone
 */
function watchParent(onGone) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, 1000);
  timer.unref();
}
