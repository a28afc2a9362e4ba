import { HubError, isErrorCode } from '@lianzhen/contracts/errors.ts';
import { NodeProbe, type Probe, type StartProbe } from '@lianzhen/contracts/site-check.ts';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { type Ctx, requireAccess, requirePerson } from '../../context.ts';
import type { Deps } from '../../deps.ts';
import { iceServersFor } from '../ice-servers.ts';
import { anyNode } from './any-node.ts';
import { probePath, signProbeToken } from './probe-token.ts';

/** A whole check takes three probes; somebody who mends his firewall tries a few times. */
const perPerson = new RateLimiterMemory({ points: 30, duration: 60 });
const answerMs = 5000;

/**
 * A data channel to a media node, over the one way that is asked for.
 * @throws HubError `rate-limited`, or `unavailable` where no media node lives
 */
export async function startProbe(
  deps: Pick<Deps, 'config' | 'clock' | 'redis'>,
  ctx: Ctx,
  input: StartProbe,
): Promise<Probe> {
  requireAccess(ctx, 'site-check:run');
  const { accountId } = requirePerson(ctx);
  await perPerson.consume(accountId).catch((full: RateLimiterRes) => {
    throw new HubError('rate-limited', { retryAfterSeconds: Math.ceil(full.msBeforeNext / 1000) });
  });
  const iceServers = input.route === 'turn' ? onPort443(iceServersFor(deps, accountId)) : [];
  const node = await anyNode(deps.redis);
  return { ...(await askNode(deps, node.url, input)), iceServers };
}

/** What is left when a firewall lets nothing but web pages through. */
export function onPort443(servers: Probe['iceServers']): Probe['iceServers'] {
  return servers.flatMap((server) => {
    const urls = server.urls.filter(
      (url) => /^turns?:.*:443(\?transport=tcp)?$/.test(url) && !/transport=udp/.test(url),
    );
    // TURN without TLS on 443 goes over TCP only when it says so.
    const tcp = urls.filter((url) => url.startsWith('turns:') || url.endsWith('?transport=tcp'));
    return tcp.length > 0 ? [{ ...server, urls: tcp }] : [];
  });
}

async function askNode(deps: Pick<Deps, 'config' | 'clock'>, url: string, input: StartProbe): Promise<NodeProbe> {
  const response = await fetch(new URL(probePath, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await signProbeToken(deps)}` },
    body: JSON.stringify(input),
    signal: AbortSignal.timeout(answerMs),
  }).catch((cause: unknown) => {
    throw new HubError('unavailable', { part: 'media' }, { cause });
  });
  const answer: unknown = await response.json();
  if (response.ok) return NodeProbe.parse(answer);
  const { code, details } = (answer ?? {}) as { code?: unknown; details?: Record<string, unknown> };
  throw new HubError(isErrorCode(code) ? code : 'unavailable', details ?? { part: 'media' });
}
