import { randomInt } from 'node:crypto';
import { hash } from '@node-rs/argon2';

/** OWASP Password Storage: argon2id with 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
export const hashPassword = (password: string): Promise<string> => hash(password, cost);

/** Without what looks alike on paper or over the telephone: 0 and o, 1, i and l. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 4;
const perGroup = 4;

/** Somebody else's choice for one log-in: 79 random bits in groups that can be read out, `k7mq-…`. */
export const oneTimePassword = (): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: perGroup }, () => letters[randomInt(letters.length)]).join(''),
  ).join('-');

/** A password that lies on a note must not open the door for ever. */
const oneTimeMs = 7 * 24 * 3_600_000;
export const oneTimeUntil = (now: Date): Date => new Date(now.getTime() + oneTimeMs);
