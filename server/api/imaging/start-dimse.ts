import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from '@lianzhen/dicom/file-meta.ts';
import type { Lifecycle } from '@lianzhen/platform/lifecycle.ts';
import { associationsOpen } from '@lianzhen/platform/metrics.ts';
import { serverTls } from '@lianzhen/platform/server-tls.ts';
import type { Deps } from '../deps.ts';
import { defaultLimits } from '../dimse/limits.ts';
import { createDimseServer, type DimseServer } from '../dimse/server.ts';
import { dimseHandlers } from './dimse-listener.ts';
import { DimseReceptions } from './dimse-receptions.ts';
import { DimseRefusals } from './dimse-refusals.ts';
import { openIntake } from './intake.ts';

/** How long running transfers may take when the role is stopped; the lifecycle allows a little more. */
const graceMs = 10_000;
const countEveryMs = 5000;

/** The DIMSE role, plain, over TLS, or both: C-ECHO, C-STORE, C-FIND (modality worklist, study root) and storage commitment. */
export async function startDimse(deps: Deps, life: Lifecycle): Promise<void> {
  const { config, db, log } = deps;
  const receptions = new DimseReceptions(db, log);
  life.opened('dimse receptions', () => receptions.close());
  const refusals = new DimseRefusals(db, log);
  life.opened('dimse refusals', () => refusals.close());
  const handlers = dimseHandlers({ deps, intake: openIntake(deps), receptions, refusals });
  const doors = [
    ...(config.HUB_PLAIN_PORTS ? [{ port: config.HUB_DIMSE_PORT }] : []),
    ...(config.HUB_DIMSE_TLS_PORT === undefined ? [] : [{ port: config.HUB_DIMSE_TLS_PORT, tls: serverTls(config) }]),
  ];
  const servers: DimseServer[] = [];
  for (const door of doors) {
    const server = createDimseServer({ ...optionsOf(deps), ...door }, handlers);
    const { port } = await server.listen();
    servers.push(server);
    life.opened('dimse', () => server.close(graceMs));
    log.info({ port }, 'tls' in door ? 'dimse listens over TLS' : 'dimse listens');
  }
  const count = () => associationsOpen.set(servers.reduce((sum, server) => sum + server.associations().length, 0));
  const counting = setInterval(count, countEveryMs);
  life.opened('dimse count', () => clearInterval(counting));
}

const optionsOf = ({ config, log }: Deps) => ({
  aeTitle: config.HUB_DIMSE_AET,
  limits: { ...defaultLimits, instanceBytes: config.HUB_MAX_INSTANCE_BYTES },
  implementation: { classUid: IMPLEMENTATION_CLASS_UID, versionName: IMPLEMENTATION_VERSION_NAME },
  log,
});
