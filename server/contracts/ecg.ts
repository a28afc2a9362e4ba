import { oc } from '@orpc/contract';
import { z } from 'zod';
import { EcgAlarmRow, GreenChannelTimes } from './ecg-alarms.ts';
import { EcgMeasurements, Fiducials, QualityFinding } from './ecg-measurements.ts';
import { Done, Id, Instant, Line, Page, pageOf, RequiredLine, Revision, Text, Uid } from './fields.ts';

/** reading: its bytes are safe, nobody has looked at them yet; picture: a PDF or photograph, kept and not measurable. */
export const TraceState = z.enum(['reading', 'read', 'picture', 'unreadable']);
export type TraceState = z.infer<typeof TraceState>;
/** As `TraceFormat` of the ecg package. */
export const TraceFormatName = z.enum(['dicom', 'scp-ecg', 'hl7-aecg', 'philips-xml', 'muse-xml', 'picture']);
export type TraceFormatName = z.infer<typeof TraceFormatName>;

const RecordedFilter = z.object({
  highPassHz: z.number().nullable(),
  lowPassHz: z.number().nullable(),
  notchHz: z.number().nullable(),
});
export const RecordingInfo = z.object({
  /** Its place in the trace; what `samples` and `window` are asked with. */
  index: z.number().int().min(0),
  kind: z.enum(['rhythm', 'median', 'derived']),
  label: z.string().nullable(),
  /** Hz */
  samplingFrequency: z.number(),
  startMs: z.number(),
  durationMs: z.number(),
  sampleCount: z.number().int(),
  leads: z.array(
    z.object({
      code: z.string(),
      derived: z.boolean(),
      /** Microvolts per unit. */
      gain: z.number(),
      /** Microvolts at zero. */
      baseline: z.number(),
      filter: RecordedFilter,
    }),
  ),
});
export const TraceWarningView = z.object({ code: z.string(), where: z.string(), detail: z.string().optional() });
/** A threshold that the automatic measurements or the recorder's own words have met; never a result. */
export const CriticalHit = z.object({
  code: z.string(),
  zh: z.string(),
  en: z.string(),
  /** measured: by our numbers; device: by the recorder's own words. */
  from: z.enum(['measured', 'device']),
  /** What met what, for people: measure, value, threshold. */
  because: z.array(
    z.object({
      measure: z.string(),
      lead: z.string().nullable(),
      value: z.union([z.number(), z.string()]),
      limit: z.union([z.number(), z.string()]),
    }),
  ),
});
export type CriticalHit = z.infer<typeof CriticalHit>;

export const TraceRow = z.object({
  id: Id,
  format: TraceFormatName,
  state: TraceState,
  facilityName: z.string(),
  /** Local time of the recorder, with its offset where it gives one. */
  acquiredAt: z.string().nullable(),
  receivedAt: Instant,
  studyInstanceUid: z.string(),
  sopInstanceUid: z.string(),
  orderId: Id.nullable(),
  orderNumber: z.string().nullable(),
  patientId: Id.nullable(),
  durationMs: z.number().nullable(),
  leadCodes: z.array(z.string()),
  quality: z.array(QualityFinding),
  critical: z.array(CriticalHit),
  warnings: z.array(TraceWarningView),
  /** The earlier recording that this one repeats. */
  replacesTraceId: Id.nullable(),
  replacedByTraceId: Id.nullable(),
});
export type TraceRow = z.infer<typeof TraceRow>;

/** A caliper that a person has laid: times in ms of the recording, voltages in microvolts. */
export const Caliper = z.object({
  id: Line(40),
  kind: z.enum(['time', 'voltage', 'march']),
  lead: Line(16).nullable(),
  fromMs: z.number().min(-1e6).max(1e10),
  toMs: z.number().min(-1e6).max(1e10),
  fromUv: z.number().min(-1e6).max(1e6).nullable(),
  toUv: z.number().min(-1e6).max(1e6).nullable(),
  label: Line(60).default(''),
});
export type Caliper = z.infer<typeof Caliper>;
/** What a person measured, or what the hub proposes (`authorId` null). The newest by a person counts. */
export const MeasurementSet = z.object({
  id: Id,
  authorId: Id.nullable(),
  authorName: z.string().nullable(),
  at: Instant,
  revision: Revision,
  measurements: EcgMeasurements.nullable(),
  fiducials: Fiducials.nullable(),
  calipers: z.array(Caliper),
});
export type MeasurementSet = z.infer<typeof MeasurementSet>;

export const TraceView = TraceRow.extend({
  seriesInstanceUid: z.string(),
  recordings: z.array(RecordingInfo),
  annotations: z.array(
    z.object({
      text: z.string(),
      atMs: z.number().nullable(),
      endMs: z.number().nullable(),
      lead: z.string().nullable(),
      value: z.number().nullable(),
      unit: z.string().nullable(),
    }),
  ),
  /** The recorder's own words and numbers. Never a result. */
  statements: z.array(z.string()),
  deviceMeasurements: z.record(z.string(), z.number()),
  device: z.object({
    manufacturer: z.string().nullable(),
    model: z.string().nullable(),
    serialNumber: z.string().nullable(),
    software: z.string().nullable(),
  }),
  patient: z.object({ id: Id, name: z.string(), sex: z.string(), birthDate: z.string().nullable() }).nullable(),
  automatic: MeasurementSet.nullable(),
  /** By person, the newest of each. */
  measured: z.array(MeasurementSet),
  /** Levels of the min/max overview, samples per pair; empty for short recordings and until the worker has made it. */
  overviewLevels: z.array(z.number().int()),
  /** The file as it came can be fetched. */
  original: z.object({ mediaType: z.string(), size: z.number().int(), name: z.string().nullable() }),
  /** Why it could not be read. */
  error: z.record(z.string(), z.unknown()).nullable(),
});
export type TraceView = z.infer<typeof TraceView>;

/** Unfiltered, in microvolts. */
export const TraceSamples = z.object({
  samplingFrequency: z.number(),
  leads: z.array(
    z.object({ code: z.string(), unit: z.literal('uV'), derived: z.boolean(), samples: z.array(z.number()) }),
  ),
});

/** A coded sentence of the centre's library; editable where it is put into a conclusion. */
export const StatementBody = z.object({
  code: RequiredLine(20),
  zh: RequiredLine(200),
  en: RequiredLine(300),
  group: z.enum([
    'rhythm',
    'conduction',
    'axis',
    'chamber',
    'infarction',
    'st-t',
    'interval',
    'pacing',
    'quality',
    'summary',
  ]),
  /** What it says of the report by itself. */
  positive: z.boolean(),
  critical: z.boolean().default(false),
  /** The key in the desk's statement list, where it has one. */
  key: Line(3).nullable().default(null),
});
export const StatementView = StatementBody.extend({ id: Id, isOwn: z.boolean(), revision: Revision });
export type StatementView = z.infer<typeof StatementView>;

const TraceId = z.object({ id: Id });

/** `POST /ecg/traces` (the file is the body), `/original`, `/window` and `/overview` are not JSON: server/api/ecg/trace-router.ts. */
export const ecgContract = {
  list: oc
    .route({ method: 'GET', path: '/ecg/traces' })
    .input(
      Page.extend({
        studyInstanceUid: Uid.optional(),
        caseId: Id.optional(),
        orderId: Id.optional(),
        patientId: Id.optional(),
      }),
    )
    .output(pageOf(TraceRow)),
  read: oc.route({ method: 'GET', path: '/ecg/traces/{id}' }).input(TraceId).output(TraceView),
  samples: oc
    .route({ method: 'GET', path: '/ecg/traces/{id}/samples' })
    .input(
      TraceId.extend({
        recording: z.coerce.number().int().min(0).max(63).default(0),
        fromMs: z.coerce.number().min(0).optional(),
        toMs: z.coerce.number().min(0).optional(),
      }),
    )
    .output(TraceSamples),
  saveMeasurements: oc
    .route({ method: 'PUT', path: '/ecg/traces/{id}/measurements' })
    .input(
      TraceId.extend({
        /** Of one's own newest set; 0 where there is none yet. */
        revision: z.number().int().min(0),
        measurements: EcgMeasurements.nullable(),
        fiducials: Fiducials.nullable(),
        calipers: z.array(Caliper).max(100),
      }),
    )
    .output(MeasurementSet),
  /** Says which earlier recording this one repeats, because it was no good. */
  linkRepeat: oc
    .route({ method: 'POST', path: '/ecg/traces/{id}/repeats' })
    .input(TraceId.extend({ traceId: Id }))
    .output(TraceRow),
  statements: oc.route({ method: 'GET', path: '/ecg/statements' }).output(z.array(StatementView)),
  saveStatement: oc
    .route({ method: 'POST', path: '/ecg/statements' })
    .input(StatementBody.extend({ id: Id.optional(), revision: Revision.optional() }))
    .output(StatementView),
  removeStatement: oc.route({ method: 'DELETE', path: '/ecg/statements/{id}' }).input(TraceId).output(Done),
  /** Open alarms that the asker may act on or that are about his own patients, the most urgent first. */
  alarms: oc
    .route({ method: 'GET', path: '/ecg/alarms' })
    .input(z.object({ orderId: Id.optional(), state: z.enum(['open', 'all']).default('open') }))
    .output(z.array(EcgAlarmRow)),
  acknowledgeAlarm: oc
    .route({ method: 'POST', path: '/ecg/alarms/{id}/acknowledge' })
    .input(TraceId.extend({ revision: Revision }))
    .output(EcgAlarmRow),
  /** The reader tells the sender: what it is and what to do; it stands on the sender's screen until he has read it back. */
  callBack: oc
    .route({ method: 'POST', path: '/ecg/alarms/{id}/call-back' })
    .input(TraceId.extend({ revision: Revision, text: Text(500) }))
    .output(EcgAlarmRow),
  /** The sender repeats what he was told and who treats the patient knows it. */
  readBack: oc
    .route({ method: 'POST', path: '/ecg/alarms/{id}/read-back' })
    .input(TraceId.extend({ revision: Revision, text: RequiredLine(500), doctor: RequiredLine(60) }))
    .output(EcgAlarmRow),
  /** Closes an alarm: false, or dealt with. */
  closeAlarm: oc
    .route({ method: 'POST', path: '/ecg/alarms/{id}/close' })
    .input(TraceId.extend({ revision: Revision, isFalse: z.boolean(), note: Text(500).default('') }))
    .output(EcgAlarmRow),
  /** The sender has read why an alarm was dismissed. */
  noteRead: oc.route({ method: 'POST', path: '/ecg/alarms/{id}/note-read' }).input(TraceId).output(EcgAlarmRow),
  /** The sender calls the centre into a room; again, it counts anew. */
  askRoom: oc.route({ method: 'POST', path: '/ecg/alarms/{id}/ask-room' }).input(TraceId).output(EcgAlarmRow),
  times: oc
    .route({ method: 'GET', path: '/orders/{orderId}/green-channel' })
    .input(z.object({ orderId: Id }))
    .output(GreenChannelTimes),
  setFirstContact: oc
    .route({ method: 'PUT', path: '/orders/{orderId}/green-channel' })
    .input(z.object({ orderId: Id, firstContactAt: Instant, symptomAt: Instant.nullable().default(null) }))
    .output(GreenChannelTimes),
};
