import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import type { Deps } from '../deps.ts';
import { answering } from '../mllp/answering.ts';
import { createMllpServer } from '../mllp/server.ts';
import { senderNames } from './find-sender.ts';
import { MllpRefusals } from './mllp-refusals.ts';
import { takingHl7 } from './take-hl7.ts';

/** The door for orders over HL7 v2. */
export async function startMllp(deps: Deps, life: Lifecycle): Promise<void> {
  const { log, clock } = deps;
  const refusals = new MllpRefusals(deps.db, log);
  const handle = answering(
    {
      log,
      clock,
      onUnreadable: async (header, { address }, cause) => {
        const reason = cause instanceof HubError ? cause.code : 'internal';
        refusals.note({ reason, address, names: senderNames(header) });
      },
    },
    takingHl7(deps, refusals),
  );
  const onRefused = (reason: string, { address }: { address: string }) => refusals.note({ reason, address });
  const server = createMllpServer({ log, onRefused }, handle);
  const { port } = await server.listen(deps.config.HUB_MLLP_PORT);
  life.opened('mllp', async () => {
    await server.close(5000);
    await refusals.close();
  });
  log.info({ port }, 'MLLP listens');
}
