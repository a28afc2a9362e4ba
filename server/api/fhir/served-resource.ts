import { accessionSystem } from './code-systems.ts';

export interface Resource {
  resourceType: string;
  id?: string;
  meta?: { lastUpdated?: string; versionId?: string };
  [field: string]: unknown;
}
export interface StoredBundle {
  entry: Array<{ fullUrl: string; resource: Resource }>;
}

/**
 * The resources of a delivered transaction as this server's own: `urn:uuid:…` becomes `Type/id`, in every reference.
 * @param versionNumber of the signed version they were made from
 * @param requestIds ids of this server's ServiceRequests by accession number: the sender knows them by these
 */
export function servedResources(
  bundle: StoredBundle,
  signedAt: string,
  versionNumber: number,
  requestIds: ReadonlyMap<string, string> = new Map(),
): Resource[] {
  const idOf = ({ fullUrl, resource }: StoredBundle['entry'][number]): string =>
    requestId(resource, requestIds) ?? fullUrl.replace('urn:uuid:', '');
  const ids = new Map(bundle.entry.map((entry) => [entry.fullUrl, `${entry.resource.resourceType}/${idOf(entry)}`]));
  return bundle.entry.map((entry) => ({
    ...(withReferences(entry.resource, ids) as Resource),
    id: idOf(entry),
    meta: { versionId: String(versionNumber), lastUpdated: signedAt },
  }));
}

function requestId({ resourceType, identifier }: Resource, ids: ReadonlyMap<string, string>): string | undefined {
  if (resourceType !== 'ServiceRequest' || !Array.isArray(identifier)) return undefined;
  const numbers = identifier as Array<{ system?: string; value?: string }>;
  return ids.get(numbers.find(({ system }) => system === accessionSystem)?.value ?? '');
}

function withReferences(value: unknown, ids: Map<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, ids));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([name, item]) => [
    name,
    name === 'reference' && typeof item === 'string' ? (ids.get(item) ?? item) : withReferences(item, ids),
  ]);
  return Object.fromEntries(entries);
}
