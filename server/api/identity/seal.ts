import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { HubError } from '@lianzhen/contracts/errors.ts';

const ivBytes = 12;
const tagBytes = 16;
const keyOf = (secret: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, '', 'lianzhen one-time codes', 32));

/**
 * What has to be read again and must not lie open in a copy of the database: AES-256-GCM under a key that is not there.
 * @param secret the configuration's SESSION_KEY
 * @param owner the row it belongs to; moved to another row it cannot be opened
 */
export function seal(secret: string, owner: string, text: string): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** @throws `internal` where the key is another one or the text was changed */
export function unseal(secret: string, owner: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    throw new HubError('internal', { why: 'a sealed value cannot be opened: has SESSION_KEY changed?' }, { cause });
  }
}
