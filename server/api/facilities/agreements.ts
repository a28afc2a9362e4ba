import { dayIn, isInForce } from '@lianzhen/contracts/agreement-rules.ts';
import { HubError } from '@lianzhen/contracts/errors.ts';
import {
  AgreementKind,
  AgreementState,
  type AgreementView,
  agreementTransitions,
  Deadline,
  ServiceLine,
  Target,
} from '@lianzhen/contracts/facilities.ts';
import { assertTransition } from '@lianzhen/contracts/transitions.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { emit } from '@lianzhen/db/outbox.ts';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db' | 'clock'>;
type Body = Pick<
  AgreementView,
  'number' | 'fromId' | 'toId' | 'kind' | 'lines' | 'validFrom' | 'validTo' | 'deadlines' | 'targets'
> & {
  liability?: string;
};
const day = (date: Date): string => date.toISOString().slice(0, 10);

function view(row: store.AgreementRow, now: Date): AgreementView {
  const state = AgreementState.parse(row.state);
  const validFrom = day(row.validFrom);
  const validTo = day(row.validTo);
  return {
    ...row,
    state,
    validFrom,
    validTo,
    kind: AgreementKind.parse(row.kind),
    lines: ServiceLine.array().parse(row.lines),
    deadlines: Deadline.array().parse(row.deadlines),
    targets: Target.array().parse(row.targets),
    isInForce: isInForce({ state, validFrom, validTo }, dayIn(row.from.timeZone, now)),
    fromName: row.from.name,
    toName: row.to.name,
  };
}

export async function listAgreements({ db, clock }: Part, ctx: Ctx): Promise<AgreementView[]> {
  const scope = requireAccess(ctx, 'agreement:read');
  return (await store.agreements(db, scope)).map((row) => view(row, clock.now()));
}

/** A draft; nothing may be sent under it until it is signed. */
export async function createAgreement({ db, clock }: Part, ctx: Ctx, input: Body): Promise<AgreementView> {
  const scope = requireAccess(ctx, 'agreement:manage');
  if (![input.fromId, input.toId].some((id) => scope.facilityIds.includes(id)))
    throw new HubError('forbidden', { action: 'agreement:manage' });
  const fields = [
    ...(input.fromId === input.toId ? [{ field: 'toId', expected: 'another facility' }] : []),
    ...(input.validTo < input.validFrom ? [{ field: 'validTo', expected: 'not before validFrom' }] : []),
  ];
  if (fields.length > 0) throw new HubError('bad-input', { fields });
  return db.transaction(async (tx) => {
    const data = { ...input, validFrom: new Date(input.validFrom), validTo: new Date(input.validTo) };
    const row = await store.createAgreement(tx, data);
    await recordAudit(tx, {
      ...auditOf(ctx),
      action: 'facilities.agreementDrafted',
      objectType: 'agreement',
      objectId: row.id,
    });
    return view(row, clock.now());
  });
}

/**
 * Puts an agreement into force between its dates. The receiving side signs, for it takes on the work and the duty: nobody
 * opens another facility's doors alone. A pairing needs an annual and a long-term target.
 */
export async function signAgreement(
  deps: Part,
  ctx: Ctx,
  input: { id: string; revision: number },
): Promise<AgreementView> {
  return move(deps, ctx, input, 'signed', (row) => {
    requireAccess(ctx, 'agreement:manage', row.toId);
    const terms = new Set(
      Target.array()
        .parse(row.targets)
        .map((target) => target.term),
    );
    if (row.kind === 'pairing' && terms.size < 2)
      throw new HubError('bad-input', { fields: [{ field: 'targets', expected: 'an annual and a long-term target' }] });
    return {};
  });
}

export async function endAgreement(
  deps: Part,
  ctx: Ctx,
  input: { id: string; revision: number; reason: string },
): Promise<AgreementView> {
  return move(
    deps,
    ctx,
    input,
    'ended',
    () => ({ endedReason: input.reason, endedAt: deps.clock.now() }),
    input.reason,
  );
}

async function move(
  { db, clock }: Part,
  ctx: Ctx,
  input: { id: string; revision: number },
  state: AgreementState,
  change: (row: store.AgreementRow) => { endedReason?: string; endedAt?: Date },
  reason?: string,
): Promise<AgreementView> {
  const scope = requireAccess(ctx, 'agreement:manage');
  return db.transaction(async (tx) => {
    const before = await store.agreement(tx, scope, input.id);
    assertTransition(agreementTransitions, before.state, state);
    const { count } = await store.moveAgreement(tx, before.id, input.revision, { ...change(before), state });
    if (count === 0) throw new HubError('stale-revision', { expected: input.revision, found: before.revision });
    const row = await store.agreement(tx, scope, input.id);
    await emit(tx, { topic: 'facility', id: row.id, revision: row.revision, facilityIds: [row.fromId, row.toId] });
    await recordAudit(tx, {
      ...auditOf(ctx),
      action: `facilities.agreement-${state}`,
      objectType: 'agreement',
      objectId: row.id,
      reason,
    });
    return view(row, clock.now());
  });
}
