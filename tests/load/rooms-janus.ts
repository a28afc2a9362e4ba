import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { which } from '../../docker/local/apt.mjs';
import { freePort } from '../../docker/local/ports.mjs';

const program = which('janus');
/** Where Debian puts its plugins: below the folder of the machine's architecture. */
const home = readdirSync('/usr/lib')
  .map((name) => join('/usr/lib', name, 'janus'))
  .find((folder) => existsSync(folder));

export const missingJanus = program && home ? undefined : 'janus is not installed';

export interface Janus {
  pid: number;
  /** Opens a room with one person who speaks and is seen, both in one RTP stream each. @returns where to send them */
  publish(): Promise<{ port: number; audioSsrc: number; videoSsrc: number }>;
  /** Sends both on, encrypted, to a port of the farm. */
  forward(port: number): Promise<void>;
  stop(): Promise<void>;
}

/** A remote publisher's streams are known by their SSRC: 1000, and 10 more for each of them (janus_videoroom.c). */
const ssrcs = { audioSsrc: 1000, videoSsrc: 1010 };
const room = 4321;
const publisher = 1;

/** Janus with its video room and nothing else, asked over HTTP on 127.0.0.1. */
export async function startJanus(): Promise<Janus> {
  const folder = mkdtempSync(join(tmpdir(), 'janus-'));
  const port = await freePort();
  writeConfiguration(folder, port);
  const child = spawn(program ?? 'janus', ['-F', folder, '-C', join(folder, 'janus.jcfg')], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const ask = await openHandle(`http://127.0.0.1:${port}/janus`);
    return {
      pid: child.pid ?? 0,
      stop,
      publish: async () => {
        await ask({ request: 'create', room, publishers: 4 });
        const streams = [
          { type: 'audio', mindex: 0, mid: '0', codec: 'opus' },
          { type: 'video', mindex: 1, mid: '1', codec: 'vp8' },
        ];
        const answer = await ask({ request: 'add_remote_publisher', room, id: publisher, iface: '127.0.0.1', streams });
        return { port: Number(answer.port), ...ssrcs };
      },
      forward: async (to) => {
        const encrypted = { srtp_suite: 80, srtp_crypto: randomBytes(30).toString('base64') };
        const streams = ['0', '1'].map((mid) => ({ mid, port: to }));
        const where = { host: '127.0.0.1', streams, ...encrypted };
        await ask({ request: 'rtp_forward', room, publisher_id: publisher, ...where });
      },
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

function writeConfiguration(folder: string, port: number): void {
  const plugins = join(home ?? '', 'plugins');
  const others = readdirSync(plugins).filter((name) => /\.so$/.test(name) && !name.includes('videoroom'));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write(
    'janus.jcfg',
    `general: { debug_level = 2, session_timeout = 0, server_name = "bench" }
plugins: { disable = "${others.join(',')}" }
transports: { disable = "libjanus_pfunix.so,libjanus_websockets.so,libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_rabbitmq.so" }
events: { broadcast = false }
`,
  );
  write('janus.transport.http.jcfg', `general: { http = true, port = ${port}, ip = "127.0.0.1", json = "compact" }\n`);
  write('janus.plugin.videoroom.jcfg', 'general: { }\n');
}

type Answer = Record<string, unknown>;

/** A handle of the video room; it answers each request with what the plugin said. @throws what it complains about */
async function openHandle(url: string): Promise<(body: object) => Promise<Answer>> {
  const post = async (path: string, body: object): Promise<Answer & { data?: { id: number } }> => {
    const text = JSON.stringify({ transaction: randomBytes(6).toString('hex'), ...body });
    const response = await fetch(`${url}${path}`, { method: 'POST', body: text });
    const answer = (await response.json()) as Answer & { data?: { id: number } };
    if (answer.janus !== 'success') throw new Error(`janus answered ${JSON.stringify(answer)}`);
    return answer;
  };
  const session = (await firstAnswer(() => post('', { janus: 'create' }))).data?.id;
  const handle = (await post(`/${session}`, { janus: 'attach', plugin: 'janus.plugin.videoroom' })).data?.id;
  return async (body) => {
    const { plugindata } = await post(`/${session}/${handle}`, { janus: 'message', body });
    const { data } = plugindata as { data: Answer };
    if (data.error_code) throw new Error(`janus refused ${JSON.stringify(body)}: ${data.error}`);
    return data;
  };
}

async function firstAnswer<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = 50; ; left--) {
    try {
      return await ask();
    } catch (cause) {
      if (left === 0) throw cause;
      await wait(100);
    }
  }
}
