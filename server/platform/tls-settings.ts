import { z } from 'zod';

const port = z.coerce.number().int().min(1).max(65_535).optional();
const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');

/** TLS at the doors of machines and hospital systems. Nothing of it is set where a VPN or one building carries them. */
export const tlsSettings = {
  /** DICOM over TLS beside HUB_DIMSE_PORT; 2762 is its registered port. */
  HUB_DIMSE_TLS_PORT: port,
  /** HL7 over MLLP over TLS beside HUB_MLLP_PORT. */
  HUB_MLLP_TLS_PORT: port,
  /** PEM files: the private key, and the certificate with those between it and its authority. */
  HUB_TLS_KEY_FILE: z.string().optional(),
  HUB_TLS_CERT_FILE: z.string().optional(),
  /** PEM file with the authorities whose certificates callers come with. */
  HUB_TLS_CA_FILE: z.string().optional(),
  HUB_TLS_CLIENT_CERTS: z.enum(['required', 'none']).default('required'),
  /** 0 closes HUB_DIMSE_PORT and HUB_MLLP_PORT: machines and systems come over TLS or not at all. */
  HUB_PLAIN_PORTS: flag.default(true),
};
const shape = z.object(tlsSettings);

/** @returns what is missing for the settings that are there: the name of a setting, and why it is needed */
export function tlsLacks(settings: z.infer<typeof shape>): Array<{ name: keyof typeof tlsSettings; why: string }> {
  const ports = ['HUB_DIMSE_TLS_PORT', 'HUB_MLLP_TLS_PORT'] as const;
  const open = ports.filter((name) => settings[name] !== undefined);
  const files = ['HUB_TLS_KEY_FILE', 'HUB_TLS_CERT_FILE'] as const;
  const needed = open.length > 0 ? files.filter((name) => settings[name] === undefined) : [];
  const lacksAuthority =
    open.length > 0 && settings.HUB_TLS_CLIENT_CERTS === 'required' && settings.HUB_TLS_CA_FILE === undefined;
  const closed = settings.HUB_PLAIN_PORTS ? [] : ports.filter((name) => !open.includes(name));
  return [
    ...needed.map((name) => ({ name, why: `needed with ${open.join(' and ')}` })),
    ...(lacksAuthority
      ? [{ name: 'HUB_TLS_CA_FILE' as const, why: 'needed unless HUB_TLS_CLIENT_CERTS is none' }]
      : []),
    ...closed.map((name) => ({ name, why: 'needed with HUB_PLAIN_PORTS=0' })),
  ];
}
