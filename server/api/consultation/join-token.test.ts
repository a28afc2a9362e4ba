import type { JoinClaims } from '@lianzhen/contracts/room-signals.ts';
import { readConfig } from '@lianzhen/platform/config.ts';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { iceServersFor } from './ice-servers.ts';
import { joinTokenSeconds, signJoinToken, verifyJoinToken } from './join-token.ts';

const start = Date.UTC(2026, 0, 1);
const depsAt = (ms: number, settings: Record<string, string> = {}) => ({
  config: readConfig({
    DATABASE_URL: 'postgresql://unused',
    REDIS_URL: 'redis://unused',
    SESSION_KEY: 's'.repeat(32),
    JOIN_TOKEN_KEY: 'j'.repeat(32),
    ...settings,
  }),
  clock: { now: () => new Date(start + ms) },
});
const claims: JoinClaims = {
  consultationId: crypto.randomUUID(),
  nodeId: 'node-1',
  accountId: null,
  seatId: crypto.randomUUID(),
  role: 'guest',
  name: '王五',
  facilityName: '',
};
const refused = (token: string, ms = 0) =>
  expect(verifyJoinToken(depsAt(ms), token)).rejects.toMatchObject({ code: 'unauthenticated' });

test('a token says who sits where, and expires', async () => {
  const token = await signJoinToken(depsAt(0), claims);
  expect(await verifyJoinToken(depsAt(1000), token)).toEqual({ claims, issuedAt: new Date(start), isExpired: false });
  const late = (joinTokenSeconds + 10) * 1000;
  expect(await verifyJoinToken(depsAt(late), token)).toMatchObject({ claims, isExpired: true });
  await refused(token, 24 * 3600_000);
});

test('what was not signed here, for this, is refused', async () => {
  const token = await signJoinToken(depsAt(0), claims);
  const [head = '', body = '', seal = ''] = token.split('.');
  const other = Buffer.from(body, 'base64url').toString().replace('"guest"', '"chair"');
  await refused(`${head}.${Buffer.from(other).toString('base64url')}.${seal}`);
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  await refused(`${none}.${body}.`);
  for (const junk of ['', 'x', 'a.b.c', token.slice(0, -4)]) await refused(junk);
  const key = new TextEncoder().encode('j'.repeat(32));
  const signed = (audience: string, alg = 'HS256', more: object = {}) =>
    new SignJWT({ ...claims, ...more })
      .setProtectedHeader({ alg })
      .setIssuer('lianzhen')
      .setAudience(audience)
      .setIssuedAt(start / 1000)
      .setExpirationTime(start / 1000 + 100)
      .setJti('x')
      .sign(key);
  await refused(await signed('session'));
  await refused(await signed('room', 'HS384'));
  await refused(await signed('room', 'HS256', { role: 'god' }));
  await expect(verifyJoinToken(depsAt(0), await signed('room'))).resolves.toMatchObject({ isExpired: false });
  const foreign = { ...depsAt(0), config: { ...depsAt(0).config, JOIN_TOKEN_KEY: 'k'.repeat(32) } };
  await refused(await signJoinToken(foreign, claims));
});

test('credentials of the TURN server are those of its REST API, and end by themselves', () => {
  const settings = { HUB_TURN_URLS: 'stun:a:3478, turn:a:3478?transport=udp,turns:a:443', HUB_TURN_SECRET: 'north' };
  expect(() => depsAt(0, settings)).toThrow(/HUB_TURN_SECRET/);
  expect(() => depsAt(0, { HUB_TURN_URLS: 'http://a' })).toThrow(/HUB_TURN_URLS/);
  expect(() => depsAt(0, { HUB_TURN_URLS: 'turn:a' })).toThrow(/needed with turn/);
  const servers = iceServersFor(depsAt(0, { ...settings, HUB_TURN_SECRET: '0123456789abcdef' }), 'seat');
  expect(servers).toEqual([
    { urls: ['stun:a:3478'] },
    {
      urls: ['turn:a:3478?transport=udp', 'turns:a:443'],
      username: `${start / 1000 + 6 * 3600}:seat`,
      // echo -n '1767247200:seat' | openssl dgst -sha1 -hmac 0123456789abcdef -binary | base64
      credential: 'J6y7FKX+Hh0jabYczLqNNiq2GEo=',
    },
  ]);
  expect(iceServersFor(depsAt(0), 'seat')).toEqual([]);
});
