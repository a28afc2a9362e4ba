import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { Config } from '../server/platform/config.ts';
import { buildPackages } from './media-worker/build.mjs';

const here = import.meta.dirname;
const root = resolve(here, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const Service = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  depends_on: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).optional(),
});
const Compose = z.object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.unknown()) });
const compose = Compose.parse(parse(read('docker/compose.yml'), { merge: true }));
const services = Object.entries(compose.services);
const dockerfiles = [...new Set(services.flatMap(([, { build }]) => build?.dockerfile ?? []))];

test('the deployment has every part of the product', () => {
  expect(services.map(([name]) => name).sort()).toEqual([
    'api',
    'coturn',
    'migrate',
    'nginx',
    'postgres',
    'redis',
    'sfu',
    'workers',
  ]);
});

test.each(services)('%s: what it names exists', (_, service) => {
  expect(Boolean(service.image) !== Boolean(service.build)).toBe(true);
  if (service.build) expect(existsSync(resolve(here, service.build.context, service.build.dockerfile))).toBe(true);
  const needed = Array.isArray(service.depends_on) ? service.depends_on : Object.keys(service.depends_on ?? {});
  for (const other of needed) expect(Object.keys(compose.services)).toContain(other);
  for (const volume of service.volumes ?? []) {
    const source = volume.split(':')[0] ?? '';
    if (!source.startsWith('.')) expect(Object.keys(compose.volumes)).toContain(source);
    // The certificate is the operator's.
    else if (source !== './certs') expect(existsSync(join(here, source)), source).toBe(true);
  }
  for (const word of service.command ?? [])
    if (/\.m?ts$/.test(word)) expect(existsSync(join(root, word)), word).toBe(true);
});

test('the roles are told nothing but settings that they read', () => {
  const known = Object.keys(Config.shape);
  for (const name of ['api', 'workers', 'sfu'] as const) {
    for (const key of Object.keys(compose.services[name]?.environment ?? {})) expect(known).toContain(key);
  }
});

test('every variable that must be set is in env.example', () => {
  const asked = [...read('docker/compose.yml').matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name);
  const offered = read('docker/env.example')
    .split('\n')
    .map((line) => line.split('=')[0]);
  expect(offered).toEqual(expect.arrayContaining(asked));
});

test('the public gets no /metrics, in whatever letters it asks', () => {
  const guard = /location ~\* (\S+) \{ return 404; \}/.exec(read('docker/nginx.conf'))?.[1] ?? '';
  for (const path of ['/metrics', '/Metrics', '/metrics/', '/METRICS/x']) expect(path).toMatch(new RegExp(guard, 'i'));
  for (const path of ['/', '/healthz', '/api/metrics', '/metricsx']) expect(path).not.toMatch(new RegExp(guard, 'i'));
});

test('what an operator may set reaches the roles', () => {
  for (const name of ['api', 'workers'] as const)
    expect(Object.keys(compose.services[name]?.environment ?? {})).toEqual(
      expect.arrayContaining(['HUB_DESTINATION_HOSTS', 'HUB_DESTINATION_SECRETS']),
    );
});

test('the stores keep what they are told', () => {
  expect(compose.services.redis?.command).toEqual(expect.arrayContaining(['--appendonly', 'yes', 'noeviction']));
  expect(compose.services.postgres?.command?.join(' ')).not.toMatch(/fsync=off|synchronous_commit=off/);
});

test.each(dockerfiles)('%s copies and runs only what is there', (dockerfile) => {
  const text = read(dockerfile).replaceAll('\\\n', ' ');
  const copies = [...text.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(
    ([, line]) => line?.trim().split(/\s+/).slice(0, -1) ?? [],
  );
  expect(copies.length).toBeGreaterThan(0);
  for (const source of copies) expect(existsSync(join(root, source)), source).toBe(true);
  const command = /^CMD (\[.+\])$/m.exec(text)?.[1] ?? '[]';
  const [, program = ''] = z.array(z.string()).parse(JSON.parse(command));
  expect(existsSync(join(root, program)), program).toBe(true);
  expect(text).toMatch(/^USER node$/m);
});

test('the sfu image installs what the build of the media worker asks for', () => {
  for (const name of buildPackages) expect(read('docker/sfu.Dockerfile')).toContain(name);
});
