import {
  type DestinationKind,
  type DestinationView,
  destinationConfig,
  destinationHost,
  DestinationKind as Kind,
} from '@lianzhen/contracts/delivery.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import type { Prisma } from '@lianzhen/db/client.ts';
import { mayReachHost, outboundRule } from '@lianzhen/platform/outbound.ts';
import type { z } from 'zod';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db'>;
type WithRule = Pick<Deps, 'db' | 'config'>;
type View = z.infer<typeof DestinationView>;

const view = (record: store.DestinationRecord): View => ({
  ...record,
  kind: Kind.parse(record.kind),
  config: (record.config ?? {}) as Record<string, unknown>,
  facilityName: record.facility.name,
  pausedUntil: record.pausedUntil?.toISOString() ?? null,
});

/**
 * A secret is named after the facility that may use it (`C01-his`): otherwise any admin could have another facility's
 * token sent to a server of his own.
 * @throws `bad-input` naming the setting that the channel cannot work with
 */
function checkedConfig(
  kind: DestinationKind,
  config: Record<string, unknown>,
  facilityCode: string,
): Prisma.InputJsonObject {
  const parsed = destinationConfig[kind].safeParse(config);
  const fields = parsed.success
    ? foreignSecrets(parsed.data, facilityCode)
    : parsed.error.issues.map((issue) => ({ field: `config.${issue.path.join('.')}`, expected: issue.message }));
  if (!parsed.success || fields.length > 0) throw new HubError('bad-input', { fields });
  return parsed.data as Prisma.InputJsonObject;
}

/**
 * Whoever names a host has the hub connect to it from inside the network: only to those that the operator allows.
 * @throws `bad-input` naming the setting of the channel, and the operator's
 */
async function assertReachable(rule: Deps['config'], config: object): Promise<void> {
  const named = destinationHost(config);
  if (!named || (await mayReachHost(outboundRule(rule), named.host))) return;
  const expected = 'a host that HUB_DESTINATION_HOSTS allows';
  throw new HubError('bad-input', { why: 'host-not-allowed', fields: [{ field: `config.${named.field}`, expected }] });
}

function foreignSecrets(config: object, code: string) {
  const bearerTokenName = 'bearerTokenName' in config ? String(config.bearerTokenName ?? '') : '';
  const isOwn = bearerTokenName === '' || bearerTokenName.startsWith(`${code}-`);
  return isOwn ? [] : [{ field: 'config.bearerTokenName', expected: `a name that begins with ${code}-` }];
}

export async function listDestinations({ db }: Part, ctx: Ctx): Promise<View[]> {
  const scope = requireAccess(ctx, 'facility:manage');
  return (await store.destinations(db, scope)).map(view);
}

export async function createDestination(
  { db, config: settings }: WithRule,
  ctx: Ctx,
  input: { facilityId: string; kind: DestinationKind; name: string; config: Record<string, unknown> },
): Promise<View> {
  requireAccess(ctx, 'facility:manage', input.facilityId);
  const { code } = await store.facility(db, input.facilityId);
  const config = checkedConfig(input.kind, input.config, code);
  await assertReachable(settings, config);
  return db.transaction(async (tx) => {
    const record = await store.createDestination(tx, { ...input, config });
    await recordAudit(tx, {
      ...auditOf(ctx, input.facilityId),
      action: 'delivery.destinationCreated',
      objectType: 'destination',
      objectId: record.id,
      detail: { kind: input.kind },
    });
    return view(record);
  });
}

export async function setDestination(
  { db, config: settings }: WithRule,
  ctx: Ctx,
  input: { id: string; revision: number; name: string; config: Record<string, unknown>; enabled: boolean },
): Promise<View> {
  const scope = requireAccess(ctx, 'facility:manage');
  const found = await store.destination(db, scope, input.id);
  const config = checkedConfig(Kind.parse(found.kind), input.config, found.facility.code);
  // Names are resolved before the transaction begins: it must not wait for anybody.
  await assertReachable(settings, config);
  return db.transaction(async (tx) => {
    const before = await store.destination(tx, scope, input.id);
    const { name, enabled } = input;
    const { count } = await tx.destination.updateMany({
      where: { id: before.id, revision: input.revision },
      data: { name, enabled, config, pausedUntil: null, failures: 0, revision: { increment: 1 } },
    });
    if (count === 0) throw new HubError('stale-revision', { expected: input.revision, found: before.revision });
    await recordAudit(tx, {
      ...auditOf(ctx, before.facilityId),
      action: 'delivery.destinationChanged',
      objectType: 'destination',
      objectId: before.id,
      detail: { enabled, fields: changed(before, { name, config }) },
    });
    return view(await store.destination(tx, scope, input.id));
  });
}

/** The names of the settings, for the trail: where results go is a decision. */
function changed(before: store.DestinationRecord, now: { name: string; config: Prisma.InputJsonObject }): string[] {
  const was = (before.config ?? {}) as Record<string, unknown>;
  const names = [...new Set([...Object.keys(was), ...Object.keys(now.config)])];
  const settings = names.filter((name) => JSON.stringify(was[name]) !== JSON.stringify(now.config[name]));
  return [...(before.name === now.name ? [] : ['name']), ...settings.map((name) => `config.${name}`)];
}
