import type { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import type { Deps } from '../deps.ts';
import { answering, type TakeMessage } from '../mllp/answering.ts';
import { createMllpServer } from '../mllp/server.ts';

/**
 * No message type is taken yet: orders come in over the pages. A sender is told so, in a way that lets it keep the
 * message and try again after an upgrade (AR), instead of believing that somebody has it.
 */
const take: TakeMessage = async ({ header }) => ({
  code: 'AR',
  text: 'message type not supported',
  errors: [{ location: 'MSH^1^9', code: '200', text: `${header.type.join('^')} is not taken by this hub` }],
});

export async function startMllp(deps: Deps, life: Lifecycle): Promise<void> {
  const server = createMllpServer({ log: deps.log }, answering(deps, take));
  const { port } = await server.listen(deps.config.HUB_MLLP_PORT);
  life.opened('mllp', () => server.close(5000));
  deps.log.info({ port }, 'MLLP listens');
}
