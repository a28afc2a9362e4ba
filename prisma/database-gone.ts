import { driverCause } from './driver-cause.ts';

/** Connection failures and a server that starts or stops (PostgreSQL appendix A), the socket's own, and Prisma's. */
const codes =
  /^(08...|57P0[1-4]|53300|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|P1001|P1002|P1008|P1017|P2024|P2028|P2037)$/;
const kinds = ['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'];
/** What the driver says in words only. */
const words = /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/;

/** The database was not there, or went away in the middle: nothing is wrong with the question, and it may be asked again. */
export function isDatabaseGone(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const { code, message } = cause as Error & { code?: string };
  const { kind = '', originalCode = '' } = driverCause(cause);
  return [code ?? '', originalCode].some((one) => codes.test(one)) || kinds.includes(kind) || words.test(message);
}
