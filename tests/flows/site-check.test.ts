import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import { bytesPath, mostProbeBytes } from '@lianzhen/contracts/site-check.ts';
import type { Measured } from '@lianzhen/contracts/site-check-measures.ts';
import { expect, test } from 'vitest';
import { siteCheckUseCases } from '../../server/api/consultation/site-check/routes.ts';
import { onPort443 } from '../../server/api/consultation/site-check/start-probe.ts';
import { ctxFor, nobody } from '../factories/callers.ts';
import { withDatabase } from '../factories/database.ts';
import { withEdge } from '../factories/edge.ts';
import { withRedis } from '../factories/redis.ts';
import { givenIn } from '../factories/region.ts';

const database = withDatabase();
const redis = withRedis();
const edge = withEdge(database, redis);
const given = givenIn(database);

const open = { state: 'open', connectMs: 90, rttMs: 30, jitterMs: 3, lossPercent: 0, sent: 150 } as const;
const measured: Measured = {
  browser: {
    ...{ name: 'Chrome', version: '156', platform: 'Linux', isSecure: true, hasWebRtc: true, hasWasm: true },
    ...{ audioCodecs: ['audio/opus'], videoCodecs: ['video/VP8'], screen: '1366x768' },
  },
  camera: { state: 'works', label: '', width: 1280, height: 720 },
  microphone: { state: 'works', label: '', peakDb: -20 },
  loudspeaker: { state: 'heard' },
  ...{ udp: open, tcp: open, turn: { ...open, state: 'closed' } },
  bandwidth: { downKbps: 9000, upKbps: 4000 },
  clock: { offsetMs: 12, uncertaintyMs: 8 },
  storage: { freeMb: 9000, isKept: true },
};
const page = { page: 1, pageSize: 50 };

test('a village’s check is seen by itself and by those who run what is above it, and by nobody else', async () => {
  const { deps } = edge;
  const county = await given.facility({ level: 'county' });
  const township = await given.facility({ parent: county });
  const village = await given.facility({ level: 'village', parent: township });
  const neighbour = await given.facility({ parent: county });
  const doctor = await given.account({ facility: village, roles: ['requesting-doctor'] });
  const countyAdmin = await given.account({ facility: county, roles: ['facility-admin'] });
  const countyReader = await given.account({ facility: county, roles: ['reader'] });
  const other = await given.account({ facility: neighbour, roles: ['requesting-doctor', 'facility-admin'] });

  const saved = await siteCheckUseCases.save(deps, ctxFor(doctor), { facilityId: village.id, place: '诊室', measured });
  // The hub judges: the relay on 443 is closed, which is a warning while another way is open.
  expect(saved).toMatchObject({ verdict: 'warn', byName: doctor.displayName, facility: { code: village.code } });

  for (const sees of [doctor, countyAdmin]) {
    const { rows } = await siteCheckUseCases.list(deps, ctxFor(sees), { ...page, facilityId: village.id });
    expect(rows.map(({ id }) => id)).toEqual([saved.id]);
    expect(await siteCheckUseCases.read(deps, ctxFor(sees), { id: saved.id })).toEqual(saved);
  }
  for (const blind of [countyReader, other]) {
    const { total } = await siteCheckUseCases.list(deps, ctxFor(blind), { ...page, facilityId: village.id });
    expect(total).toBe(0);
    await expect(siteCheckUseCases.read(deps, ctxFor(blind), { id: saved.id })).rejects.toThrow();
  }
  await expect(
    siteCheckUseCases.save(deps, ctxFor(other), { facilityId: village.id, place: '', measured }),
  ).rejects.toMatchObject({ code: 'forbidden' });
  await expect(siteCheckUseCases.list(deps, ctxFor(nobody), page)).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('nobody without a session gets bytes, probes or the time', async () => {
  expect((await edge.ask(`${bytesPath}?size=1000`)).status).toBe(401);
  expect((await edge.ask(bytesPath, { method: 'POST', body: 'x' })).status).toBe(401);
  for (const { path, method } of [hubContract.siteCheck.now, hubContract.siteCheck.list].map(
    (route) => route['~orpc'].route,
  ))
    expect((await edge.ask(`/api${path}`, { method: method ?? 'GET' })).status).toBe(401);
});

test('without a living media node a probe says that media are not available', async () => {
  const doctor = await given.account({ facility: await given.facility(), roles: ['requesting-doctor'] });
  const dtlsFingerprint = { algorithm: 'sha-256' as const, value: 'AB'.repeat(32) };
  await expect(
    siteCheckUseCases.probe(edge.deps, ctxFor(doctor), { route: 'udp', dtlsFingerprint }),
  ).rejects.toMatchObject({ code: 'unavailable' });
});

test('only servers on TCP 443 count as such', () => {
  const urls = [
    'turn:hub.example:3478?transport=udp',
    'turn:hub.example:443?transport=udp',
    'turn:hub.example:443',
    'turns:hub.example:5349?transport=tcp',
  ];
  expect(onPort443([{ urls, username: 'u', credential: 'c' }])).toEqual([]);
  const good = ['turns:turn.hub.example:443?transport=tcp', 'turn:turn.hub.example:443?transport=tcp'];
  expect(onPort443([{ urls: [...urls, ...good], username: 'u', credential: 'c' }])).toEqual([
    { urls: good, username: 'u', credential: 'c' },
  ]);
  expect(mostProbeBytes).toBeLessThanOrEqual(16 * 1024 * 1024);
});
