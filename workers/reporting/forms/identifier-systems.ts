/**
 * Who assigns a number. A number is only unique together with this (the same number at two hospitals
 * is two people). National numbers have a root of WS/T 500; all others are qualified by their issuer.
 */
export interface Authority {
  /** HL7 table 0203, also used by FHIR `identifier.type`. */
  type: string;
  /** Object identifier of the assigning authority, where there is one. */
  oid?: string;
  /** The name space in words: the OID's owner or the issuer. */
  name: string;
  /** FHIR `identifier.system`. */
  system: string;
}

const wst500 = '2.16.156.10011.1';
const national = (type: string, arc: number, name: string): Authority => ({
  type,
  oid: `${wst500}.${arc}`,
  name,
  system: `urn:oid:${wst500}.${arc}`,
});
const issued = (type: string, kind: string, issuer: string): Authority => ({
  type,
  name: issuer,
  system: `urn:lianzhen:${kind}:${encodeURIComponent(issuer)}`,
});

export const staffAuthority = national('MD', 4, 'WST500-STAFF');
export const organisationAuthority = national('XX', 5, 'WST500-ORG');
export const orderAuthority = national('PLAC', 24, 'WST500-ORDER');
export const reportAuthority = national('FILL', 32, 'WST500-REPORT');
/** Rows of the hub carry UUIDs, which are unique everywhere. */
export const uuidSystem = 'urn:ietf:rfc:3986';
export const hubName = 'LIANZHEN';
export const accessionSystem = 'urn:lianzhen:accession-number';

/** @param type contracts/patients.ts IdentifierType */
export function patientAuthority(type: string, issuer: string): Authority {
  switch (type) {
    case 'id-card':
      return national('NNCHN', 3, 'WST500-IDCARD');
    case 'health-card':
      return issued('HC', 'health-card', issuer);
    case 'passport':
      return issued('PPN', 'passport', issuer);
    case 'mrn':
      return issued('MR', 'mrn', issuer);
    case 'birth-certificate':
      return issued('BCT', 'birth-certificate', issuer);
    default:
      return issued('U', 'identifier', issuer);
  }
}

/** Best first: a national number, then the region's, then a hospital's. */
const order = ['id-card', 'health-card', 'passport', 'birth-certificate', 'mrn'];
export function byStrength<T extends { type: string }>(identifiers: readonly T[]): T[] {
  const rank = ({ type }: T) => (order.includes(type) ? order.indexOf(type) : order.length);
  return [...identifiers].sort((a, b) => rank(a) - rank(b));
}
