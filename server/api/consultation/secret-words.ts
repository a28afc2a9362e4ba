import { createHash, timingSafeEqual } from 'node:crypto';

/** What is kept of a code or a pass: both are random and short-lived, so that a plain hash is enough. */
export const sha256 = (word: string): string => createHash('sha256').update(word, 'utf8').digest('hex');

/** Whether a word is the one that was kept, in the same time whatever it is. */
export const isWord = (word: string | undefined, hash: string | null): boolean =>
  word !== undefined && hash !== null && timingSafeEqual(Buffer.from(sha256(word)), Buffer.from(hash));

/** What is kept of a seat's secret, which takes the seat back and stands for who sits there. */
export const seatSecretHash = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
export function isSeatSecret(secret: string | undefined, hash: string): boolean {
  if (secret === undefined) return false;
  const [given, kept] = [Buffer.from(seatSecretHash(secret)), Buffer.from(hash)];
  return given.length === kept.length && timingSafeEqual(given, kept);
}
