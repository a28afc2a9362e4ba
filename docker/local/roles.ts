import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChildSpec } from './child.ts';
import type { Ports } from './settings.mjs';

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface RoleSettings {
  dataDir: string;
  ports: Ports;
  databaseUrl: string;
  redisUrl: string;
  mediaWorker: string;
  isDemo: boolean;
  secrets: { SESSION_KEY: string; JOIN_TOKEN_KEY: string };
  /** The TURN server of this hub; the caller's own wins. */
  turn?: { urls: string[]; secret: string } | undefined;
  /** What the caller's environment says; it wins over everything but the addresses of the stores and the ports. */
  env: NodeJS.ProcessEnv;
}

/** Everything a role is told. A role reads nothing else. */
export function roleEnv(settings: RoleSettings): NodeJS.ProcessEnv {
  const { dataDir, ports, secrets, env } = settings;
  return {
    ...withoutTools(env),
    NODE_ENV: env.NODE_ENV === 'development' ? 'development' : 'production',
    // Half of what a role does until it answers is compiling the same files again. Where this cannot be written it is not used.
    NODE_COMPILE_CACHE: env.NODE_COMPILE_CACHE || join(root, 'node_modules', '.cache', 'compiled'),
    SESSION_KEY: env.SESSION_KEY || secrets.SESSION_KEY,
    JOIN_TOKEN_KEY: env.JOIN_TOKEN_KEY || secrets.JOIN_TOKEN_KEY,
    DATABASE_URL: settings.databaseUrl,
    REDIS_URL: settings.redisUrl,
    HUB_HTTP_PORT: String(ports.http),
    HUB_DIMSE_PORT: String(ports.dimse),
    HUB_DIMSE_AET: env.HUB_DIMSE_AET || 'LIANZHEN',
    HUB_MLLP_PORT: String(ports.mllp),
    HUB_RTC_PORT: String(ports.rtc),
    HUB_RTC_ANNOUNCED_ADDRESS: env.HUB_RTC_ANNOUNCED_ADDRESS || '127.0.0.1',
    HUB_DATA_DIR: dataDir,
    HUB_BLOB_DIR: env.HUB_BLOB_DIR || join(dataDir, 'blobs'),
    HUB_DEMO: settings.isDemo ? '1' : '0',
    HUB_WEB_DIR: env.HUB_WEB_DIR || join(root, 'web', 'dist'),
    MEDIASOUP_WORKER_BIN: settings.mediaWorker,
    ...(settings.turn && !env.HUB_TURN_URLS
      ? { HUB_TURN_URLS: settings.turn.urls.join(','), HUB_TURN_SECRET: settings.turn.secret }
      : {}),
  };
}

/** npm, turbo and vitest leave their own variables in the environment, which mean nothing to a role and may mislead it. */
function withoutTools(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const isTool = (name: string) => /^(npm_|TURBO_|VITEST|NODE_OPTIONS$|NODE_CHANNEL_|FORCE_COLOR$)/.test(name);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isTool(name)));
}

const edges = ['http', 'dimse', 'mllp', 'sfu'] as const;

/** The processes of the product: one for each edge, and one for all queues. */
export function roleSpecs(env: NodeJS.ProcessEnv): ChildSpec[] {
  const role = (name: string, stage: ChildSpec['stage'], args: string[]): ChildSpec => ({
    name,
    stage,
    command: process.execPath,
    args,
    env,
    cwd: root,
    stopSignal: 'SIGTERM',
    graceMs: 20_000,
    hasChannel: true,
  });
  return [
    role('workers', 'worker', [join(root, 'workers', 'main.ts')]),
    ...edges.map((edge) => role(edge, 'edge', [join(root, 'server', 'api', 'main.ts'), `--roles=${edge}`])),
  ];
}
