import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Id, Instant, Line, Page, pageOf } from './fields.ts';

export const AuditRow = z.object({
  chain: z.string(),
  position: z.string(),
  id: Id,
  at: Instant,
  action: z.string(),
  outcome: z.string(),
  actorId: Id.nullable(),
  actorName: z.string().nullable(),
  facilityId: Id.nullable(),
  facilityName: z.string().nullable(),
  role: z.string().nullable(),
  patientId: Id.nullable(),
  objectType: z.string().nullable(),
  objectId: z.string().nullable(),
  reason: z.string().nullable(),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  hash: z.string(),
});

export const auditContract = {
  search: oc
    .route({ method: 'GET', path: '/audit' })
    .input(
      Page.extend({
        action: Line(60).optional(),
        outcome: Line(20).optional(),
        actor: Line(64).optional(),
        facilityId: Id.optional(),
        patientId: Id.optional(),
        objectId: Line(128).optional(),
        from: Instant.optional(),
        to: Instant.optional(),
      }),
    )
    .output(pageOf(AuditRow)),
  /** Walks every chain from its start and recomputes each hash. */
  verify: oc.route({ method: 'POST', path: '/audit/verify' }).output(
    z.object({
      intact: z.boolean(),
      chains: z.array(
        z.object({
          name: z.string(),
          entries: z.number().int(),
          brokenAt: z.string().nullable(),
          why: z.string().nullable(),
        }),
      ),
    }),
  ),
};
