import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

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
  'consultationId',
  'destinationId',
  'quarantineId',
  'traceId',
  'alarmId',
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

/**
 * Errors are logged by name, code, message and the places in the code; their details may hold input and stay out. So do
 * the messages of errors that quote what they were given: a parser its text, the database client the whole question.
 */
function describeError(value: unknown): unknown {
  if (!(value instanceof Error)) return { message: 'not an error', kind: typeof value };
  const { name, cause } = value;
  const frames = value.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name,
    code: codeOf(value),
    message: messageOf(value),
    stack: frames?.join('\n').slice(0, 4000),
    cause: cause instanceof Error ? { name: cause.name, code: codeOf(cause), message: messageOf(cause) } : undefined,
  };
}
const codeOf = (error: Error): unknown => {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' || typeof code === 'number' ? code : undefined;
};

const quoting = new Set(['SyntaxError', 'ZodError', 'ValidationError', 'PrismaClientValidationError']);
/** Names of patients are Chinese, their numbers long: neither is left of a message. */
function messageOf({ name, message }: Error): string {
  if (quoting.has(name)) return '(left out)';
  const told = message.replace(/[^\x20-\x7e\n]+/g, '…').replace(/\d{6,}/g, '…');
  return told.length > 500 ? `${told.slice(0, 500)}…` : told;
}

const allowed = (fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => loggable.has(name)));

/** JSON lines on stdout, or where told, with the role bound. */
export function createLog(role: string, level: string, destination?: DestinationStream): Log {
  const options: LoggerOptions = {
    level,
    base: { role },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    formatters: {
      level: (label) => ({ level: label }),
      log: allowed,
    },
    hooks: {
      // Without a message pino would take the error's own, unchecked.
      logMethod(args, method) {
        const [first, message, ...values] = args;
        method.apply(this, typeof message === 'string' || typeof first === 'string' ? args : [first, '', ...values]);
      },
    },
  };
  const log = destination ? pino(options, destination) : pino(options);
  // Bound fields pass the same list; every child inherits this from its parent.
  const bind = log.child;
  log.child = function child(this: Log, bindings, childOptions) {
    return bind.call(this, allowed(bindings), childOptions) as never;
  };
  return log;
}
