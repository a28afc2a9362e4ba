import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Deps } from '../../deps.ts';
import { chooseNode, findNode, type MediaNode } from '../media-nodes.ts';

/** A probe belongs to no consultation: all of them share this pin, which moves when its node dies. */
const probePin = 'probe';

/** @throws HubError `unavailable` where no media node lives */
export async function anyNode(redis: Deps['redis']): Promise<MediaNode> {
  const node = await findNode(redis, await chooseNode({ redis }, probePin));
  if (!node) throw new HubError('unavailable', { part: 'media' });
  return node;
}
