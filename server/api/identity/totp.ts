import { generateSecret, generateURI, verifySync } from 'otplib';

const stepSeconds = 30;
export const newTotpSecret = (): string => generateSecret();
export const totpUri = (secret: string, username: string): string =>
  generateURI({ issuer: 'Lianzhen', label: username, secret });

/**
 * The time step of a right code (RFC 6238, one step of tolerance either way), or undefined.
 * @param after the last step that was used: RFC 6238 5.2 forbids using a code twice
 */
export function totpStep(secret: string, code: string, now: Date, after: number | null): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const epoch = Math.floor(now.getTime() / 1000);
  const result = verifySync({ secret, token: code, epoch, epochTolerance: stepSeconds });
  if (!result.valid) return undefined;
  const step = Math.floor(epoch / stepSeconds) + result.delta;
  return after !== null && step <= after ? undefined : step;
}
