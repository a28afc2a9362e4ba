import { HubError } from '@lianzhen/contracts/errors.ts';
import { Charset, type DeviceView } from '@lianzhen/contracts/facilities.ts';
import { redecodeDevice } from '@lianzhen/contracts/jobs.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { emit, enqueue } from '@lianzhen/db/outbox.ts';
import type { z } from 'zod';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './device-store.ts';

interface SetCharset {
  id: string;
  revision: number;
  /** Null takes the override away: the files are believed again. */
  charset: z.infer<typeof Charset> | null;
}

/**
 * Says in which character set a device really writes. What came from it is read again in the background; the stored
 * bytes stay as they are, so that the act can be undone.
 * @throws `not-found` for a device of another facility, `stale-revision`
 */
export async function setCharset(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  input: SetCharset,
): Promise<z.infer<typeof DeviceView>> {
  const scope = requireAccess(ctx, 'quarantine:decide');
  return db.transaction(async (tx) => {
    const before = await store.readDevice(tx, scope, input.id);
    if (!(await store.writeCharset(tx, before.id, input.revision, input.charset))) {
      throw new HubError('stale-revision', { expected: input.revision, found: before.revision });
    }
    await enqueue(tx, redecodeDevice, { deviceId: before.id });
    await emit(tx, {
      topic: 'facility',
      id: before.facilityId,
      revision: input.revision + 1,
      facilityIds: [before.facilityId],
    });
    await recordAudit(tx, {
      ...auditOf(ctx, before.facilityId),
      action: 'imaging.charsetSet',
      objectType: 'device',
      objectId: before.id,
      detail: { from: before.charsetOverride, to: input.charset },
    });
    return deviceView(await store.readDevice(tx, scope, before.id));
  });
}

const deviceView = (row: Awaited<ReturnType<typeof store.readDevice>>): z.infer<typeof DeviceView> => ({
  id: row.id,
  facilityId: row.facilityId,
  aeTitle: row.aeTitle,
  name: row.name,
  modality: row.modality,
  host: row.host,
  port: row.port,
  charsetOverride: Charset.nullable().parse(row.charsetOverride),
  enabled: row.enabled,
  revision: row.revision,
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
});
