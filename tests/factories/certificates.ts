import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Pair {
  key: string;
  cert: string;
}

/**
 * An authority of a test's own in a folder, and certificates that it signs, made by openssl.
 * @returns paths of PEM files
 */
export function authorityIn(folder: string, name = 'ca'): { ca: string; issue: (subject: string) => Pair } {
  const place = join(folder, name);
  mkdirSync(place, { recursive: true });
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: place, stdio: 'pipe' });
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  openssl('req', '-x509', ...key, '-subj', `/CN=${name}`, '-days', '2', '-keyout', 'ca.key', '-out', 'ca.pem');
  const issue = (subject: string): Pair => {
    writeFileSync(join(place, `${subject}.ext`), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
    openssl('req', ...key, '-subj', `/CN=${subject}`, '-keyout', `${subject}.key`, '-out', `${subject}.csr`);
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2'];
    openssl('x509', '-req', '-in', `${subject}.csr`, ...signed, '-extfile', `${subject}.ext`, '-out', `${subject}.pem`);
    return { key: join(place, `${subject}.key`), cert: join(place, `${subject}.pem`) };
  };
  return { ca: join(place, 'ca.pem'), issue };
}
