import { maskIdentifier } from '@lianzhen/contracts/id-card.ts';
import { Evidence, IdentifierType } from '@lianzhen/contracts/patients.ts';
import { recordAudit } from '@lianzhen/db/audit.ts';
import { auditOf, type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { patientViews } from './patient-view.ts';
import * as store from './store.ts';

type Part = Pick<Deps, 'db' | 'clock'>;

/** Pairs that may be one person, with the evidence. Only pairs of which the asker may see both. */
export async function listDuplicates({ db }: Part, ctx: Ctx) {
  const scope = requireAccess(ctx, 'patient:merge');
  return db.transaction(async (tx) => {
    const proposals = await store.openProposals(tx);
    const pairs = await Promise.all(
      proposals.map(async (proposal) => {
        const sides = await Promise.all(
          [proposal.firstId, proposal.secondId].map((id) => store.read(tx, scope, id).catch(() => undefined)),
        );
        return { proposal, sides: sides.filter((side) => side !== undefined) };
      }),
    );
    const shown = pairs.filter(({ sides }) => sides.length === 2);
    const rows = await Promise.all(
      shown.map(async ({ proposal, sides }) => {
        const [first, second] = await patientViews(tx, sides);
        if (!first || !second) throw new Error('two rows give two views');
        const { id, score, createdAt } = proposal;
        return {
          id,
          score,
          evidence: Evidence.array().parse(proposal.evidence).map(masked),
          first,
          second,
          createdAt: createdAt.toISOString(),
        };
      }),
    );
    const patientIds = rows.flatMap((row) => [row.first.id, row.second.id]);
    await recordAudit(tx, { ...auditOf(ctx), action: 'patients.duplicatesRead', detail: { patientIds } });
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
    await tx.duplicateProposal.updateMany({
      where: { id: proposal.id, state: 'open' },
      data: { state: 'dismissed', reason, decidedAt: clock.now(), decidedBy: auditOf(ctx).actorId },
    });
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
