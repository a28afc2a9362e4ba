import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Id, Instant, Line, ListOf, Page, pageOf, RequiredLine, Revision } from './fields.ts';
import type { Transitions } from './transitions.ts';

export const DestinationKind = z.enum(['inbox', 'hl7-mllp', 'fhir', 'dicom-store', 'dicomweb']);
export type DestinationKind = z.infer<typeof DestinationKind>;
/**
 * sent: given to the other side, whose answer is still out; rejected: it answered no; failed: the last try is over;
 * superseded: not sent, because a newer version or a corrected patient took its place.
 */
export const DeliveryState = z.enum(['waiting', 'sent', 'accepted', 'rejected', 'failed', 'superseded']);
export type DeliveryState = z.infer<typeof DeliveryState>;
export const deliveryTransitions: Transitions<DeliveryState> = {
  waiting: ['sent', 'failed', 'accepted', 'rejected', 'superseded'],
  sent: ['accepted', 'rejected', 'waiting', 'failed', 'superseded'],
  accepted: [],
  rejected: ['waiting'],
  failed: ['waiting'],
  superseded: [],
};
/** What has not arrived: somebody may have to see to it. */
export const unsettledStates = ['waiting', 'sent', 'rejected', 'failed'] as const satisfies DeliveryState[];
export const maxDeliveryAttempts = 12;

/** How each kind is reached. Secrets are named (`tokenEnv`), never kept in the row. */
export const Hl7Config = z.object({
  host: RequiredLine(255),
  port: z.number().int().min(1).max(65_535),
  receivingApplication: Line(60).default(''),
  receivingFacility: Line(60).default(''),
  charset: z.enum(['UNICODE UTF-8', 'GB 18030-2000']).default('UNICODE UTF-8'),
  timeoutMs: z.number().int().min(1000).max(60_000).default(15_000),
});
export const FhirConfig = z.object({
  baseUrl: z.url({ protocol: /^https?$/ }).max(500),
  /** Named after the facility: `C01-his`. */
  bearerTokenName: Line(60).optional(),
  timeoutMs: z.number().int().min(1000).max(60_000).default(15_000),
});
export const DicomStoreConfig = z.object({
  host: RequiredLine(255),
  port: z.number().int().min(1).max(65_535),
  calledAeTitle: RequiredLine(16),
  callingAeTitle: RequiredLine(16).default('LIANZHEN'),
  timeoutMs: z.number().int().min(1000).max(60_000).default(15_000),
});
export const DicomWebConfig = FhirConfig;
/** What each channel needs to know. */
export const destinationConfig = {
  inbox: z.object({}),
  'hl7-mllp': Hl7Config,
  fhir: FhirConfig,
  'dicom-store': DicomStoreConfig,
  dicomweb: DicomWebConfig,
} as const satisfies Record<DestinationKind, z.ZodType>;

/**
 * The host that a channel connects to, and the setting that names it; none where the hub itself is the channel.
 * @param config as its schema above gives it
 */
export function destinationHost(config: object): { field: 'host' | 'baseUrl'; host: string } | undefined {
  if ('host' in config) return { field: 'host', host: String(config.host) };
  if ('baseUrl' in config) return { field: 'baseUrl', host: new URL(String(config.baseUrl)).hostname };
  return undefined;
}

export const DestinationView = z.object({
  id: Id,
  facilityId: Id,
  facilityName: z.string(),
  kind: DestinationKind,
  name: z.string(),
  config: z.record(z.string(), z.unknown()),
  enabled: z.boolean(),
  pausedUntil: Instant.nullable(),
  failures: z.number().int(),
  revision: Revision,
});

export const DeliveryRow = z.object({
  id: Id,
  versionId: Id,
  versionNumber: z.number().int(),
  isReplaced: z.boolean(),
  /** The same version again, because it had gone out under a wrong patient. */
  isIdentityCorrected: z.boolean(),
  orderId: Id,
  orderNumber: z.string(),
  patientName: z.string(),
  facility: z.object({ id: Id, code: z.string(), name: z.string() }),
  part: z.string(),
  channel: DestinationKind,
  destinationName: z.string(),
  state: DeliveryState,
  attemptCount: z.number().int(),
  answer: z.string().nullable(),
  nextAttemptAt: Instant.nullable(),
  sentAt: Instant.nullable(),
  acceptedAt: Instant.nullable(),
  readAt: Instant.nullable(),
  readByName: z.string().nullable(),
  createdAt: Instant,
  revision: Revision,
});
export type DeliveryRow = z.infer<typeof DeliveryRow>;

/** Of one version's deliveries those that count: after its patient was corrected, those that went out anew. */
export const inForce = <R extends Pick<DeliveryRow, 'isReplaced'>>(rows: readonly R[]): R[] => {
  const current = rows.filter(({ isReplaced }) => !isReplaced);
  return current.length > 0 ? current : [...rows];
};

export const deliveryContract = {
  /** The ledger: every result by every facility. `counts`: of what has not arrived, by state; each up to `mostAhead`. */
  list: oc
    .route({ method: 'GET', path: '/deliveries' })
    .input(
      Page.extend({
        state: ListOf(DeliveryState).optional(),
        facilityId: Id.optional(),
        orderId: Id.optional(),
        versionId: Id.optional(),
        q: Line(64).default(''),
      }),
    )
    .output(pageOf(DeliveryRow).extend({ counts: z.record(z.string(), z.number().int()) })),
  attempts: oc
    .route({ method: 'GET', path: '/deliveries/{id}/attempts' })
    .input(z.object({ id: Id }))
    .output(
      z.array(
        z.object({
          number: z.number().int(),
          startedAt: Instant,
          endedAt: Instant.nullable(),
          outcome: z.string().nullable(),
          answer: z.string().nullable(),
        }),
      ),
    ),
  resend: oc
    .route({ method: 'POST', path: '/deliveries/{id}/resend' })
    .input(z.object({ id: Id }))
    .output(DeliveryRow),
  /** Results of one's own facilities, newest first. */
  inbox: oc
    .route({ method: 'GET', path: '/inbox' })
    .input(Page.extend({ unread: z.stringbool().optional() }))
    .output(
      pageOf(
        DeliveryRow.extend({
          impression: z.string(),
          critical: z.boolean(),
          positive: z.boolean(),
          centreName: z.string(),
          kind: z.string(),
        }),
      ).extend({
        unread: z.number().int(),
      }),
    ),
  acknowledge: oc
    .route({ method: 'POST', path: '/inbox/{id}/acknowledge' })
    .input(z.object({ id: Id }))
    .output(DeliveryRow),
  destinations: oc.route({ method: 'GET', path: '/destinations' }).output(z.array(DestinationView)),
  createDestination: oc
    .route({ method: 'POST', path: '/destinations', successStatus: 201 })
    .input(
      z.object({
        facilityId: Id,
        kind: DestinationKind,
        name: Line(60).min(1),
        config: z.record(z.string(), z.unknown()),
      }),
    )
    .output(DestinationView),
  setDestination: oc
    .route({ method: 'PUT', path: '/destinations/{id}' })
    .input(
      z.object({
        id: Id,
        revision: Revision,
        name: Line(60).min(1),
        config: z.record(z.string(), z.unknown()),
        enabled: z.boolean(),
      }),
    )
    .output(DestinationView),
};
