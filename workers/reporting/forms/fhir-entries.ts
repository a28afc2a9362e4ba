import { visibleText } from '@lianzhen/contracts/visible-text.ts';
import type { BundleEntry, CodeableConcept, Identifier, Resource } from './fhir-types.ts';
import { type Authority, uuidSystem } from './identifier-systems.ts';

/** A FHIR string: without control characters, and absent rather than empty. */
export function textOf(text: string | null | undefined): string | undefined {
  const shown = visibleText(text ?? '').trim();
  return shown === '' ? undefined : shown;
}

export const uuidIdentifier = (uuid: string): Identifier => ({ system: uuidSystem, value: `urn:uuid:${uuid}` });

/** A number with its kind (HL7 table 0203) and who assigned it. */
export const identifierOf = ({ type, system, name }: Authority, value: string): Identifier => ({
  type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: type }], text: name },
  system,
  value: visibleText(value),
});

export const concept = (system: string, code: string, display?: string): CodeableConcept => ({
  coding: [{ system, code: visibleText(code), display: textOf(display) }],
  text: textOf(display),
});

const query = ({ system, value }: Identifier): string =>
  `identifier=${encodeURIComponent(system)}|${encodeURIComponent(value)}`;

/**
 * Made where the receiver has none with this identifier. What it has is left as it is: people, organisations and images
 * belong to it as much as to the hub, and an update would wipe what it knows of them.
 */
export const createOnce = <T extends Resource>(fullUrl: string, resource: T, by: Identifier): BundleEntry<T> => ({
  fullUrl,
  resource,
  request: { method: 'POST', url: resource.resourceType, ifNoneExist: query(by) },
});

/** Made or replaced: a repeat changes nothing, a new version takes the place of the old one. */
export const createOrReplace = <T extends Resource>(fullUrl: string, resource: T, by: Identifier): BundleEntry<T> => ({
  fullUrl,
  resource,
  request: { method: 'PUT', url: `${resource.resourceType}?${query(by)}` },
});
