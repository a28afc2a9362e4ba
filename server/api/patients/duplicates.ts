import { HubError } from '@lianzhen/contracts/errors.ts';
import { maskIdentifier } from '@lianzhen/contracts/id-card.ts';
import { Evidence, IdentifierType } from '@lianzhen/contracts/patients.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { recordRead } from '../audit/record-read.ts';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { patientViews } from './patient-view.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db' | 'clock'>;

/** Pairs that may be one person, with the evidence. Only pairs of which the asker may see both. */
export async function listDuplicates({ db }: Part, ctx: Ctx) {
  const scope = requireAccess(ctx, 'patient:merge');
  return db.transaction(async (tx) => {
    const proposals = await store.openProposals(tx, scope);
    const patientIds = [...new Set(proposals.flatMap(({ firstId, secondId }) => [firstId, secondId]))];
    const views = await patientViews(tx, scope, await store.readMany(tx, scope, patientIds));
    const byId = new Map(views.map((view) => [view.id, view]));
    const rows = proposals.flatMap(({ id, score, createdAt, evidence, firstId, secondId }) => {
      const [first, second] = [byId.get(firstId), byId.get(secondId)];
      if (!first || !second) return [];
      const shown = Evidence.array().parse(evidence).map(masked);
      return { id, score, evidence: shown, first, second, createdAt: createdAt.toISOString() };
    });
    await recordRead(tx, ctx, { action: 'patients.duplicatesRead', detail: { patientIds } });
    return rows;
  });
}

function masked(row: (typeof Evidence)['_output']): (typeof Evidence)['_output'] {
  const isNumber = IdentifierType.safeParse(row.field).success;
  return isNumber ? { ...row, first: maskIdentifier(row.first), second: maskIdentifier(row.second) } : row;
}

export async function dismissDuplicate({ db, clock }: Part, ctx: Ctx, input: { id: string; reason: string }) {
  const scope = requireAccess(ctx, 'patient:merge');
  return db.transaction(async (tx) => {
    const proposal = await tx.duplicateProposal.findUniqueOrThrow({ where: { id: input.id } });
    await store.read(tx, scope, proposal.firstId);
    await store.read(tx, scope, proposal.secondId);
    const { reason } = input;
    const decision = { state: 'dismissed', reason, decidedAt: clock.now(), decidedBy: auditOf(ctx).actorId };
    const { count } = await store.decideProposal(tx, proposal.id, decision);
    if (count === 0) throw new HubError('wrong-state', { from: proposal.state });
    await recordAudit(tx, {
      ...auditOf(ctx),
      action: 'patients.duplicateDismissed',
      patientId: proposal.firstId,
      objectType: 'duplicate',
      objectId: proposal.id,
      reason,
    });
    return { ok: true } as const;
  });
}
