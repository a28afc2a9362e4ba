/**
 * Runs the hub until it is told to stop. `start.mjs` starts this file under the project's own Node, in a session of
 * its own and with a channel: a signal is passed on once, and the end of the channel means that the starter is gone.
 */
import { banner } from './banner.ts';
import { type Hub, startHub } from './hub.ts';
import { root } from './roles.ts';
import { readSettings } from './settings.mjs';

const say = (line: string) => console.log(line);
const giveUp = new AbortController();
let hub: Hub | undefined;

let askedAt = 0;

/** The first wish to stop waits for what runs; a second one does not. */
function end(): void {
  const isRepeat = Date.now() - askedAt < 1000;
  askedAt = Date.now();
  if (!giveUp.signal.aborted) {
    say('正在停止 · stopping');
    giveUp.abort(new Error('stopped before it was ready'));
    hub?.stop().then(stopped);
    return;
  }
  // npm hands on a Ctrl-C that the terminal has sent as well: that is one wish, not two.
  if (!isRepeat) hub?.hurry();
}

function stopped(): never {
  say('已停止 · stopped');
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, end);

try {
  const { dataDir, ports, isDemo } = readSettings(process.env, root);
  say('正在启动 · starting');
  const { DATABASE_URL, REDIS_URL } = process.env;
  hub = await startHub({
    dataDir,
    ports,
    demo: isDemo,
    say,
    signal: giveUp.signal,
    readyMs: 120_000,
    ...(DATABASE_URL ? { databaseUrl: DATABASE_URL } : {}),
    ...(REDIS_URL ? { redisUrl: REDIS_URL } : {}),
  });
  say(banner(hub, isDemo, process.env.HUB_DIMSE_AET || 'LIANZHEN'));
} catch (error) {
  if (giveUp.signal.aborted) stopped();
  console.error(`✗ 启动失败 · could not start: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
