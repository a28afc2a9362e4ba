import { createHmac } from 'node:crypto';
import type { IceServer } from '@lianzhen/contracts/room-signals.ts';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

/** A consultation lasts longer than an hour; what leaks is of no use on the next day. */
const credentialSeconds = 6 * 3600;

/**
 * STUN and TURN servers for one seat, with credentials that end by themselves: the user name is the end of their time
 * and whose they are, the password its HMAC-SHA1 with the server's `static-auth-secret` (coturn, "TURN REST API").
 */
export function iceServersFor(
  { config, clock }: Pick<Deps, 'config' | 'clock'>,
  seatId: string,
): z.infer<typeof IceServer>[] {
  const { HUB_TURN_URLS: urls, HUB_TURN_SECRET: secret } = config;
  const stun = urls.filter((url) => url.startsWith('stun'));
  const turn = urls.filter((url) => url.startsWith('turn'));
  const servers: z.infer<typeof IceServer>[] = stun.length > 0 ? [{ urls: stun }] : [];
  if (turn.length === 0 || secret === undefined) return servers;
  const username = `${Math.floor(clock.now().getTime() / 1000) + credentialSeconds}:${seatId}`;
  const credential = createHmac('sha1', secret).update(username).digest('base64');
  return [...servers, { urls: turn, username, credential }];
}
