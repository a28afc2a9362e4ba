import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Config } from './config.ts';
import { type HostEntry, holdsAddress, namesHost, parseHostEntry, plainHost } from './host-list.ts';

/** Where the hub may connect to because somebody in a facility said so. */
export interface OutboundRule {
  hosts: readonly HostEntry[];
  /** Everything but what is never allowed: on one machine, in the demo region, in tests. */
  isOpen: boolean;
}
export type Resolve = (host: string) => Promise<LookupAddress[]>;

const entries = (text: string): HostEntry[] => text.split(' ').flatMap((one) => parseHostEntry(one) ?? []);
/**
 * No receiving system of a hospital is here: this machine's own network, addresses of the link, where clouds hand out
 * their secrets (169.254.169.254, 100.100.100.200, 168.63.129.16, 192.0.0.192 and their IPv6 forms), multicast.
 */
const never = entries(
  '0.0.0.0/8 169.254.0.0/16 100.100.100.200 168.63.129.16 192.0.0.192 224.0.0.0/4 240.0.0.0/4 ::/128 fe80::/10 ff00::/8 fd00:ec2::/32 fd20:ce::/32 64:ff9b::a9fe:0/112',
);
const loopback = entries('127.0.0.0/8 ::1');

/** A production store has a list and nothing beside it; a list that is set counts everywhere. */
export const outboundRule = (
  config: Pick<Config, 'HUB_DESTINATION_HOSTS' | 'HUB_DEMO' | 'NODE_ENV'>,
): OutboundRule => ({
  hosts: config.HUB_DESTINATION_HOSTS,
  isOpen: config.HUB_DESTINATION_HOSTS.length === 0 && (config.HUB_DEMO || config.NODE_ENV !== 'production'),
});

/** Whether an address may be connected to. @param host the name that led to it, where it was a name */
export function mayReach({ hosts, isOpen }: OutboundRule, address: string, host?: string): boolean {
  if (holdsAddress(never, address)) return false;
  if (isOpen || holdsAddress(hosts, address)) return true;
  // Another's name that points to this machine is a trick, but for the name that this machine has of old.
  if (holdsAddress(loopback, address) && host !== 'localhost') return false;
  return host !== undefined && namesHost(hosts, host);
}

/**
 * The addresses of a host, each of which may be connected to. Connect to these and not to the name: asked again, it may
 * be given other ones.
 * @returns undefined where the rule does not allow one of them
 * @throws what the resolver throws
 */
export async function reachableAddresses(
  rule: OutboundRule,
  host: string,
  resolve: Resolve = (name) => lookup(name, { all: true }),
): Promise<LookupAddress[] | undefined> {
  const plain = plainHost(host);
  const family = isIP(plain);
  const found = family ? [{ address: plain, family }] : await resolve(plain);
  const name = family ? undefined : plain;
  const isAllowed = found.length > 0 && found.every(({ address }) => mayReach(rule, address, name));
  return isAllowed ? found : undefined;
}

/** How long somebody who saves a form waits for the resolver. */
const patienceMs = 2000;

/**
 * The same question when a host is written down. A name that cannot be resolved now is taken where its name is enough:
 * the network of those who connect may know it, and they ask again.
 */
export async function mayReachHost(rule: OutboundRule, host: string, resolve?: Resolve): Promise<boolean> {
  const plain = plainHost(host);
  const byName = rule.isOpen || namesHost(rule.hosts, plain);
  const asked = reachableAddresses(rule, plain, resolve).then(
    (found) => found !== undefined,
    () => byName,
  );
  return Promise.race([asked, afterwards(patienceMs, byName)]);
}

const afterwards = <T>(ms: number, value: T): Promise<T> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(value), ms).unref();
  });
