import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * What a log line may carry. Everything else is dropped: names, tags and payloads never reach a log.
 * tests/architecture checks that call sites keep to this list as well.
 */
export const loggable = new Set([
  'role',
  'requestId',
  'accountId',
  'facilityId',
  'deviceId',
  'centreId',
  'orderId',
  'caseId',
  'studyId',
  'reportId',
  'versionId',
  'deliveryId',
  'destinationId',
  'quarantineId',
  'patientId',
  'jobId',
  'job',
  'queue',
  'attempt',
  'instances',
  'count',
  'bytes',
  'ms',
  'port',
  'status',
  'code',
  'reason',
  'method',
  'route',
  'state',
  'signal',
  'address',
  'aeTitle',
  'associationId',
  'seq',
  'kind',
  'fields',
  'workerId',
  'commandField',
  'pid',
  'limit',
  'err',
]);

/** Errors are logged by name, code, message and stack; their details may hold input and stay out. */
function describeError(value: unknown): unknown {
  if (!(value instanceof Error)) return { message: String(value) };
  const code = (value as { code?: unknown }).code;
  const cause =
    value.cause instanceof Error ? { name: value.cause.name, message: bounded(value.cause.message) } : undefined;
  return { name: value.name, code, message: bounded(value.message), stack: value.stack?.slice(0, 4000), cause };
}
const bounded = (text: string): string => (text.length > 500 ? `${text.slice(0, 500)}…` : text);

/** JSON lines on stdout with the role bound. */
export function createLog(role: string, level: string): Log {
  return pino({
    level,
    base: { role },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => Object.fromEntries(Object.entries(fields).filter(([name]) => loggable.has(name))),
    },
  });
}
