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
 */
export function servedResources(bundle: StoredBundle, signedAt: string, versionNumber: number): Resource[] {
  const ids = new Map(
    bundle.entry.map(({ fullUrl, resource }) => [
      fullUrl,
      `${resource.resourceType}/${fullUrl.replace('urn:uuid:', '')}`,
    ]),
  );
  return bundle.entry.map(({ fullUrl, resource }) => ({
    ...(withReferences(resource, ids) as Resource),
    id: fullUrl.replace('urn:uuid:', ''),
    meta: { versionId: String(versionNumber), lastUpdated: signedAt },
  }));
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
