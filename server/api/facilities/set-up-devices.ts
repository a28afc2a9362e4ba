import { HubError } from '@lianzhen/contracts/errors.ts';
import type { DeviceView } from '@lianzhen/contracts/facilities.ts';
import type { DeviceChange, NewDevice } from '@lianzhen/contracts/facility-setup.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { isUniqueViolation } from '@lianzhen/db/client.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { mayReachHost, outboundRule } from '@lianzhen/platform/outbound.ts';
import type { z } from 'zod';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { deviceView } from './facility-view.ts';
import * as store from './setup-store.ts';

type Part = Pick<Deps, 'db' | 'config'>;
type View = z.infer<typeof DeviceView>;

/**
 * Makes a machine known by its AE title. From then on it is heard, as this facility's.
 * @throws `already-exists` where any facility has a machine of this title, `bad-input`
 */
export async function createDevice({ db, config }: Part, ctx: Ctx, input: NewDevice): Promise<View> {
  requireAccess(ctx, 'facility:manage', input.facilityId);
  await assertAddress(config, input);
  const made = db.transaction(async (tx) => {
    const row = await store.insertDevice(tx, input);
    await emit(tx, { topic: 'facility', id: row.id, revision: row.revision, facilityIds: [row.facilityId] });
    await recordAudit(tx, {
      ...auditOf(ctx, row.facilityId),
      action: 'facilities.deviceCreated',
      objectType: 'device',
      objectId: row.id,
      detail: { aeTitle: row.aeTitle },
    });
    return deviceView(row);
  });
  return made.catch(sayWhichTitle);
}

/** A machine that is switched off here is refused like one that nobody knows; what it has sent stays. */
export async function changeDevice({ db, config }: Part, ctx: Ctx, input: DeviceChange): Promise<View> {
  const scope = requireAccess(ctx, 'facility:manage');
  const { id, revision, aeTitle, name, modality, host, port, enabled } = input;
  await store.device(db, scope, id);
  await assertAddress(config, input);
  const changed = db.transaction(async (tx) => {
    const before = await store.device(tx, scope, id);
    if (!(await store.writeDevice(tx, id, revision, { aeTitle, name, modality, host, port, enabled })))
      throw new HubError('stale-revision', { expected: revision, found: before.revision });
    const row = await store.device(tx, scope, id);
    await emit(tx, { topic: 'facility', id, revision: row.revision, facilityIds: [row.facilityId] });
    await recordAudit(tx, {
      ...auditOf(ctx, row.facilityId),
      action: 'facilities.deviceChanged',
      objectType: 'device',
      objectId: id,
      detail: { from: factsOf(before), to: factsOf(row) },
    });
    return deviceView(row);
  });
  return changed.catch(sayWhichTitle);
}

const factsOf = ({ aeTitle, modality, host, port, enabled }: store.DeviceRow) => ({
  ...{ aeTitle, modality, host, port, enabled },
});

/** Storage commitment has the hub connect to the machine: only where the operator lets it, and nowhere by half an address. */
async function assertAddress(
  config: Deps['config'],
  { host, port }: { host: string | null; port: number | null },
): Promise<void> {
  if ((host === null) !== (port === null))
    throw new HubError('bad-input', {
      fields: [{ field: host === null ? 'host' : 'port', expected: 'host and port, or neither' }],
    });
  if (host === null || (await mayReachHost(outboundRule(config), host))) return;
  const fields = [{ field: 'host', expected: 'a host that HUB_DESTINATION_HOSTS allows' }];
  throw new HubError('bad-input', { why: 'host-not-allowed', fields });
}

function sayWhichTitle(cause: unknown): never {
  throw isUniqueViolation(cause) ? new HubError('already-exists', { field: 'aeTitle' }, { cause }) : cause;
}
