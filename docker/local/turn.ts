import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { which } from './apt.mjs';
import type { ChildSpec } from './child.ts';
import { freePort } from './ports.mjs';
import { readSecrets } from './secrets.ts';
import type { Supervisor } from './supervisor.ts';

export const turnName = 'turn';

export interface TurnServer {
  spec: ChildSpec;
  /** For HUB_TURN_URLS. */
  urls: string[];
  ports: TurnPorts;
}
export interface TurnPorts {
  plain: number;
  tls: number;
}
export interface TurnOptions {
  dir: string;
  /** The address under which browsers reach this machine; the media node is there too. */
  address: string;
  secret: string;
  ports?: Partial<TurnPorts>;
  /** Where relayed packets leave; a range of its own for each server of one machine. */
  relayPorts?: { from: number; to: number };
}

/**
 * Prepares a TURN server of our own: the rules are docker/coturn.conf, the certificate is self-signed and kept.
 * @returns undefined where no `turnserver` is installed
 */
export async function prepareTurn(options: TurnOptions): Promise<TurnServer | undefined> {
  const command = which('turnserver');
  if (!command) return undefined;
  const { dir, address } = options;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const ports = await turnPorts(dir, options.ports ?? {});
  const certificate = ensureCertificate(dir, address);
  const file = join(dir, 'turnserver.conf');
  writeFileSync(file, `${turnRules({ ...options, ports, certificate }).join('\n')}\n`, { mode: 0o600 });
  const host = address.includes(':') ? `[${address}]` : address;
  const urls = [
    `turn:${host}:${ports.plain}?transport=udp`,
    `turn:${host}:${ports.plain}?transport=tcp`,
    ...(certificate ? [`turns:${host}:${ports.tls}?transport=tcp`] : []),
  ];
  const spec: ChildSpec = {
    name: turnName,
    stage: 'edge',
    command,
    args: ['-c', file],
    // Nothing is stored, so no database has to be there.
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
    cwd: dir,
    stopSignal: 'SIGTERM',
    graceMs: 5000,
    isReady: () => isListening(ports.plain),
  };
  return { spec, urls, ports };
}

/**
 * Starts the TURN server of a hub on one machine, unless the caller names one in HUB_TURN_URLS. HUB_TURN_PORT and
 * HUB_TURN_TLS_PORT choose its ports, 443 among them where that is free and allowed.
 */
export async function startTurn(options: {
  supervisor: Supervisor;
  dataDir: string;
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
}): Promise<{ urls: string[]; secret: string } | undefined> {
  const { supervisor, dataDir, env, say } = options;
  if (env.HUB_TURN_URLS) return undefined;
  const { turnSecret: secret } = readSecrets(dataDir);
  const server = await prepareTurn({
    dir: join(dataDir, 'turn'),
    address: env.HUB_RTC_ANNOUNCED_ADDRESS || '127.0.0.1',
    secret,
    ports: {
      ...(env.HUB_TURN_PORT ? { plain: Number(env.HUB_TURN_PORT) } : {}),
      ...(env.HUB_TURN_TLS_PORT ? { tls: Number(env.HUB_TURN_TLS_PORT) } : {}),
    },
  });
  if (!server) {
    say('未安装 coturn,只放行网页端口的网络将无法加入会诊 · skipped: no TURN server (apt-get install coturn)');
    return undefined;
  }
  try {
    await supervisor.start(server.spec, 10_000);
  } catch (cause) {
    // A hub without a relay is worth more than no hub; the supervisor goes on trying.
    say(`TURN 未能启动 · the TURN server does not start yet: ${cause instanceof Error ? cause.message : cause}`);
  }
  return { urls: server.urls, secret };
}

/** The deployment's rules, with this machine's places instead of the deployment's. */
function turnRules(options: TurnOptions & { ports: TurnPorts; certificate: Certificate | undefined }): string[] {
  const { ports, certificate, secret, address, relayPorts, dir } = options;
  const own: Record<string, string | undefined> = {
    'listening-port': String(ports.plain),
    'tls-listening-port': String(ports.tls),
    cert: certificate?.cert,
    pkey: certificate?.key,
    ...(relayPorts ? { 'min-port': String(relayPorts.from), 'max-port': String(relayPorts.to) } : {}),
  };
  const rules = readFileSync(join(import.meta.dirname, '..', 'coturn.conf'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => {
      const [name = ''] = line.split('=');
      if (!(name in own)) return [line];
      return own[name] === undefined ? [] : [`${name}=${own[name]}`];
    });
  const isLoopback = /^(127\.|::1$)/.test(address);
  return [
    ...rules,
    `static-auth-secret=${secret}`,
    `allowed-peer-ip=${address}`,
    `pidfile=${join(dir, 'turnserver.pid')}`,
    `userdb=${join(dir, 'turndb')}`,
    ...(certificate ? [] : ['no-tls', 'no-dtls']),
    // One machine for everything, as in the demo: the media node is on loopback itself.
    ...(isLoopback ? ['allow-loopback-peers', 'listening-ip=127.0.0.1', 'relay-ip=127.0.0.1'] : []),
  ];
}

/** They stay the same from start to start where they can, so that a firewall's rule stays right. */
async function turnPorts(dir: string, wanted: Partial<TurnPorts>): Promise<TurnPorts> {
  const file = join(dir, 'ports.json');
  const known: Partial<TurnPorts> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const ports = {
    plain: wanted.plain ?? (await freePort(known.plain)),
    tls: wanted.tls ?? (await freePort(known.tls)),
  };
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}

interface Certificate {
  cert: string;
  key: string;
}

function ensureCertificate(dir: string, address: string): Certificate | undefined {
  const made = { cert: join(dir, 'cert.pem'), key: join(dir, 'key.pem') };
  if (existsSync(made.cert) && existsSync(made.key)) return made;
  const openssl = which('openssl');
  if (!openssl) return undefined;
  const name = /^[\d.]+$|:/.test(address) ? `IP:${address}` : `DNS:${address}`;
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', made.key];
  const request = ['req', '-x509', ...key, '-out', made.cert, '-days', '3650', '-subj', '/CN=lianzhen-turn'];
  const { status } = spawnSync(openssl, [...request, '-addext', `subjectAltName=${name}`], { stdio: 'ignore' });
  return status === 0 ? made : undefined;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (isUp: boolean) => {
      socket.destroy();
      resolve(isUp);
    };
    socket.setTimeout(1000, () => finish(false));
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}
