import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import { serverTls } from '@lianzhen/platform/server-tls.ts';
import type { Deps } from '../deps.ts';
import { answering } from '../mllp/answering.ts';
import { createMllpServer } from '../mllp/server.ts';
import { senderNames } from './find-sender.ts';
import { MllpRefusals } from './mllp-refusals.ts';
import { takingHl7 } from './take-hl7.ts';

/** The door for orders over HL7 v2: plain, over TLS, or both. */
export async function startMllp(deps: Deps, life: Lifecycle): Promise<void> {
  const { config, log, clock } = deps;
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
  const doors = [
    ...(config.HUB_PLAIN_PORTS ? [{ port: config.HUB_MLLP_PORT }] : []),
    ...(config.HUB_MLLP_TLS_PORT === undefined ? [] : [{ port: config.HUB_MLLP_TLS_PORT, tls: serverTls(config) }]),
  ];
  life.opened('mllp refusals', () => refusals.close());
  for (const { port: wanted, ...how } of doors) {
    const server = createMllpServer({ log, onRefused, ...how }, handle);
    const { port } = await server.listen(wanted);
    life.opened('mllp', () => server.close(5000));
    log.info({ port }, 'tls' in how ? 'MLLP listens over TLS' : 'MLLP listens');
  }
}
