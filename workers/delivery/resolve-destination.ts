import type { LookupAddress } from 'node:dns';
import { type DestinationKind, destinationConfig, destinationHost } from '@lianzhen/contracts/delivery.ts';
import { type OutboundRule, type Resolve, reachableAddresses } from '@lianzhen/platform/outbound.ts';
import { unanswered } from './answers.ts';

/** A resolver that does not answer is a host that does not. */
const patienceMs = 10_000;

/**
 * Where a channel connects to, looked up now: the name was checked when it was saved, but what it leads to is not the
 * admin's alone to say, and the operator's list may be another one since.
 * @returns undefined where the hub itself is the channel
 * @throws HubError `unavailable`, which names the setting where the host is not allowed
 */
export async function resolveDestination(
  rule: OutboundRule,
  destination: { kind: DestinationKind; config: unknown },
  signal: AbortSignal,
  resolve?: Resolve,
): Promise<LookupAddress[] | undefined> {
  const named = destinationHost(destinationConfig[destination.kind].parse(destination.config));
  if (!named) return undefined;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  const found = await Promise.race([reachableAddresses(rule, named.host, resolve), rejectedBy(limit)]).catch(
    (cause: NodeJS.ErrnoException) => {
      if (limit.aborted) throw unanswered('no-answer-in-time', 'DNS', cause);
      throw unanswered('connection-failed', cause.code ?? 'DNS', cause);
    },
  );
  if (!found) throw unanswered('host-not-allowed', `${named.host}; HUB_DESTINATION_HOSTS`);
  return found;
}

const rejectedBy = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
