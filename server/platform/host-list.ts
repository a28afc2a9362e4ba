import { BlockList, isIP } from 'node:net';

/** What an operator may write into a list of hosts. */
export type HostEntry =
  | { kind: 'name'; name: string }
  | { kind: 'below'; name: string }
  | { kind: 'range'; address: string; prefix: number; family: 'ipv4' | 'ipv6' };

const name = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/** @returns undefined where the text is no host name (`his.example`, `*.example`), no address and no CIDR range */
export function parseHostEntry(text: string): HostEntry | undefined {
  const [address = '', bits, ...rest] = plainHost(text).split('/');
  const family = isIP(address);
  if (family) {
    const widest = family === 4 ? 32 : 128;
    const prefix = bits === undefined ? widest : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
    if (rest.length > 0 || !(prefix <= widest)) return undefined;
    return { kind: 'range', address, prefix, family: family === 4 ? 'ipv4' : 'ipv6' };
  }
  if (bits !== undefined) return undefined;
  const below = address.startsWith('*.');
  const plain = below ? address.slice(2) : address;
  // Four numbers that are no address, or one: programs read those as addresses, each in its own way.
  if (!name.test(plain) || /^[\d.]+$/.test(plain)) return undefined;
  return { kind: below ? 'below' : 'name', name: plain };
}

/** A host as it is compared: small letters, no brackets of IPv6, no zone, no point at the end. */
export const plainHost = (host: string): string =>
  host
    .trim()
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/%.*$/, '')
    .replace(/\.$/, '');

export const namesHost = (entries: readonly HostEntry[], host: string): boolean =>
  entries.some(
    (entry) =>
      (entry.kind === 'name' && entry.name === host) || (entry.kind === 'below' && host.endsWith(`.${entry.name}`)),
  );

/** @param address an IPv4 or IPv6 address; an IPv4 one in the clothes of IPv6 is judged as what it is */
export function holdsAddress(entries: readonly HostEntry[], address: string): boolean {
  const list = new BlockList();
  for (const entry of entries) if (entry.kind === 'range') list.addSubnet(entry.address, entry.prefix, entry.family);
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
