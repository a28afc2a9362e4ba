import { type Actor, auditOf, type Ctx } from '../context.ts';
import type { CallingDevice } from './device-store.ts';

/** A machine that has associated: known, enabled, and bound to its facility. */
export interface DimsePeer {
  device: CallingDevice;
  remoteAddress: string;
}

/** The caller's part of an audit fact. */
export function auditOfPeer({ device, remoteAddress }: DimsePeer): ReturnType<typeof auditOf> {
  const actor: Actor = { kind: 'device', deviceId: device.id, name: device.aeTitle, facilityId: device.facilityId };
  const ctx: Pick<Ctx, 'actor' | 'address' | 'requestId'> = { actor, address: remoteAddress, requestId: '' };
  return { ...auditOf(ctx as Ctx), requestId: null };
}
