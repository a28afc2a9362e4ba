import { createHash, randomBytes } from 'node:crypto';
import { hashPassword } from '@lianzhen/db/passwords.ts';
import { verify } from '@node-rs/argon2';

export { hashPassword };
export const isPassword = (stored: string, given: string): Promise<boolean> => verify(stored, given);

/** Verified where no account has the name, so that the answer takes as long as for one that exists. */
let nobodysHash: Promise<string> | undefined;
export async function verifyAgainstNobody(given: string): Promise<false> {
  nobodysHash ??= hashPassword(randomBytes(16).toString('hex'));
  await isPassword(await nobodysHash, given);
  return false;
}

/** 256 random bits; the store knows only the SHA-256, which needs no salt at this entropy. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');
