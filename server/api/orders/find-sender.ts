import { BlockList, isIP } from 'node:net';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Machine } from '../context.ts';
import type { Deps } from '../deps.ts';
import type { MessageHandler } from '../mllp/message-handler.ts';
import type { MessageHeader } from '../mllp/message-header.ts';
import * as store from './sender-store.ts';

type Remote = Parameters<MessageHandler>[1];
const touchEveryMs = 60_000;

/** MSH-3 and MSH-4 as their sender is registered: the name space, without its object identifier. */
export function senderNames({ sendingApplication, sendingFacility, encoding }: MessageHeader): [string, string] {
  // The trail has to take them also where the message was refused for what is in them.
  const nameOf = (text: string): string =>
    (text.split(encoding[0] ?? '^')[0] ?? '')
      .replace(/\p{Cc}/gu, '\ufffd')
      .trim()
      .slice(0, 60);
  return [nameOf(sendingApplication), nameOf(sendingFacility)];
}

/**
 * The hospital's system behind a message. MLLP has no bearer: it is known by what MSH-3 and MSH-4 say and by where it
 * comes from, together.
 * @throws `unauthenticated`, the same whichever of the two is wrong
 */
export async function findSender(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  header: MessageHeader,
  { address }: Remote,
): Promise<Machine> {
  const [application, sendingFacility] = senderNames(header);
  const found = await store.senderNamed(db, application, sendingFacility);
  if (!found || !isAmong(address, found.addresses))
    throw new HubError('unauthenticated', {
      fields: [{ field: 'MSH-3', expected: 'an application that is registered for MSH-4 and for this address' }],
    });
  const now = clock.now();
  if (!found.lastSeenAt || now.getTime() - found.lastSeenAt.getTime() > touchEveryMs)
    await store.markSeen(db, found.id, now);
  const name = `${found.application}|${found.sendingFacility}`;
  return { kind: 'machine', tokenId: found.id, name, facilityId: found.facilityId, scopes: ['orders:send'] };
}

/** Whether an address is one of these, or lies in one of these networks. */
export function isAmong(address: string, allowed: readonly string[]): boolean {
  // IPv4 that came over an IPv6 socket.
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  const family = familyOf(plain);
  if (!family) return false;
  const list = new BlockList();
  for (const one of allowed) {
    const [network = '', bits] = one.split('/');
    const kind = familyOf(network);
    if (!kind) continue;
    if (bits === undefined) list.addAddress(network, kind);
    else list.addSubnet(network, Number(bits), kind);
  }
  return list.check(plain, family);
}
const familyOf = (address: string): 'ipv4' | 'ipv6' | undefined =>
  (({ 4: 'ipv4', 6: 'ipv6' }) as const)[isIP(address) as 4 | 6];
