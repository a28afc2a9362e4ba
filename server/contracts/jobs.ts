import { z } from 'zod';
import { Id } from './fields.ts';

export interface JobDefinition<P extends z.ZodType = z.ZodType> {
  /** `<word>.<order>`; the word is the queue. */
  name: string;
  version: number;
  payload: P;
  /** While a job with this key waits in the outbox, another adds nothing. */
  key: (payload: z.infer<P>) => string;
  attempts: number;
  timeoutMs: number;
}
export type Payload<J> = J extends JobDefinition<infer P> ? z.infer<P> : never;
const defineJob = <P extends z.ZodType>(job: JobDefinition<P>): JobDefinition<P> => job;

/** Reads every received instance of a study that is not indexed yet, in batches. */
export const indexStudy = defineJob({
  name: 'imaging.indexStudy',
  version: 1,
  payload: z.object({ studyInstanceUid: z.string().max(64) }),
  key: (p) => `index-${p.studyInstanceUid}`,
  attempts: 8,
  timeoutMs: 300_000,
});
/** Runs when a study has been quiet: matches order and patient, moves the case to ready. */
export const settleStudy = defineJob({
  name: 'imaging.settleStudy',
  version: 1,
  payload: z.object({ studyId: Id }),
  key: (p) => `settle-${p.studyId}`,
  attempts: 8,
  timeoutMs: 60_000,
});
/** Decodes the text of a device's studies again after its charset override changed. */
export const redecodeDevice = defineJob({
  name: 'imaging.redecodeDevice',
  version: 1,
  payload: z.object({ deviceId: Id }),
  key: (p) => `redecode-${p.deviceId}`,
  attempts: 5,
  timeoutMs: 600_000,
});
export const renderDocuments = defineJob({
  name: 'reporting.renderDocuments',
  version: 1,
  payload: z.object({ versionId: Id }),
  key: (p) => `render-${p.versionId}`,
  attempts: 8,
  timeoutMs: 120_000,
});
export const sendDocument = defineJob({
  name: 'delivery.sendDocument',
  version: 1,
  payload: z.object({ deliveryId: Id }),
  key: (p) => `delivery-${p.deliveryId}`,
  attempts: 1,
  timeoutMs: 90_000,
});
export const findDuplicates = defineJob({
  name: 'patients.findDuplicates',
  version: 1,
  payload: z.object({ patientId: Id }),
  key: (p) => `duplicates-${p.patientId}`,
  attempts: 5,
  timeoutMs: 60_000,
});

/** What was looked at and marked in a room becomes DICOM objects in the studies it was about. Again and again without harm. */
export const saveConsultationMarks = defineJob({
  name: 'consultation.saveConsultationMarks',
  version: 1,
  payload: z.object({ consultationId: Id }),
  key: (p) => `consultation-marks-${p.consultationId}`,
  attempts: 8,
  timeoutMs: 120_000,
});

/** Makes one playable file of what the media node wrote. A long session takes long. */
export const composeRecording = defineJob({
  name: 'consultation.composeRecording',
  version: 1,
  payload: z.object({ recordingId: Id }),
  key: (p) => `recording-${p.recordingId}`,
  attempts: 5,
  timeoutMs: 4 * 3_600_000,
});

/**
 * Reads a recording: quality, measurements, critical patterns, overview. What is read already is left alone. A week of
 * three leads takes minutes, and the longest that an instance may hold twice as long.
 */
export const readTrace = defineJob({
  name: 'ecg.readTrace',
  version: 1,
  payload: z.object({ traceId: Id }),
  key: (p) => `trace-${p.traceId}`,
  attempts: 8,
  timeoutMs: 2 * 3_600_000,
});
/** Calls the next, where nobody has acknowledged an alarm in time. */
export const escalateAlarm = defineJob({
  name: 'ecg.escalateAlarm',
  version: 1,
  payload: z.object({ alarmId: Id }),
  key: (p) => `alarm-${p.alarmId}`,
  attempts: 8,
  timeoutMs: 30_000,
});

export const jobs = [
  indexStudy,
  settleStudy,
  redecodeDevice,
  renderDocuments,
  sendDocument,
  findDuplicates,
  saveConsultationMarks,
  composeRecording,
  readTrace,
  escalateAlarm,
] as const;
export const queueOf = (jobName: string): string => jobName.slice(0, jobName.indexOf('.'));
