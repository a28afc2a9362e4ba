import { readFileSync } from 'node:fs';
import { createSecureContext, type TlsOptions } from 'node:tls';
import type { Config } from './config.ts';

type Files = Pick<Config, 'HUB_TLS_KEY_FILE' | 'HUB_TLS_CERT_FILE' | 'HUB_TLS_CA_FILE' | 'HUB_TLS_CLIENT_CERTS'>;

/**
 * TLS as PS3.15 B.9 (non-downgrading BCP 195, RFC 9325) has it: 1.2 or 1.3, forward secrecy, authenticated encryption.
 * The files are read once: a certificate that was renewed is taken with the next start of the role.
 * @throws Error naming the setting whose file cannot be read or used
 */
export function serverTls(config: Files): TlsOptions {
  const isRequired = config.HUB_TLS_CLIENT_CERTS === 'required';
  const options: TlsOptions = {
    key: read(config, 'HUB_TLS_KEY_FILE'),
    cert: read(config, 'HUB_TLS_CERT_FILE'),
    ...(config.HUB_TLS_CA_FILE === undefined ? {} : { ca: read(config, 'HUB_TLS_CA_FILE') }),
    requestCert: isRequired,
    rejectUnauthorized: isRequired,
    minVersion: 'TLSv1.2',
    ciphers:
      'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM',
    dhparam: 'auto',
    honorCipherOrder: true,
  };
  try {
    createSecureContext(options);
  } catch (cause) {
    throw new Error(`HUB_TLS_KEY_FILE, HUB_TLS_CERT_FILE, HUB_TLS_CA_FILE: ${(cause as Error).message}`, { cause });
  }
  return options;
}

function read(config: Files, name: 'HUB_TLS_KEY_FILE' | 'HUB_TLS_CERT_FILE' | 'HUB_TLS_CA_FILE'): Buffer {
  try {
    return readFileSync(config[name] ?? '');
  } catch (cause) {
    throw new Error(`${name}: ${(cause as Error).message}`, { cause });
  }
}
