/** What a FHIR R4 server keeps, as far as a transaction of conditional creates and updates goes (R4 3.1.0.8, 3.1.0.5). */
export interface Stored {
  resourceType: string;
  id: string;
  versionId: number;
  [element: string]: unknown;
}
interface Entry {
  fullUrl: string;
  resource: { resourceType: string; identifier?: { system: string; value: string }[] };
  request: { method: string; url: string; ifNoneExist?: string };
}
export interface Transaction {
  resourceType?: string;
  type?: string;
  entry?: Entry[];
}
/** A request that the server refuses, with the HTTP status and what an OperationOutcome would say. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, diagnostics: string) {
    super(diagnostics);
    this.status = status;
  }
}

export class FhirStore {
  readonly resources: Stored[] = [];

  /** All or nothing: references between entries are rewritten to what was made or found. */
  transact(bundle: Transaction) {
    if (bundle.resourceType !== 'Bundle' || bundle.type !== 'transaction') throw new Refusal(400, 'not a transaction');
    const entries = bundle.entry ?? [];
    if (new Set(entries.map(({ fullUrl }) => fullUrl)).size !== entries.length)
      throw new Refusal(400, 'two entries have one fullUrl');
    const targets = entries.map((entry) => ({ entry, found: this.#match(entry) }));
    const ids = new Map(
      targets.map(({ entry, found }, at) => [
        entry.fullUrl,
        `${entry.resource.resourceType}/${found?.id ?? this.resources.length + at + 1}`,
      ]),
    );
    const response = targets.map(({ entry, found }) => {
      const location = ids.get(entry.fullUrl) ?? '';
      if (found && entry.request.method === 'POST') return { status: '200 OK', location };
      const text = JSON.stringify(entry.resource).replace(/"reference":"(urn:uuid:[^"]+)"/g, (_, url: string) => {
        if (!ids.has(url)) throw new Refusal(400, `nothing in the bundle is ${url}`);
        return `"reference":"${ids.get(url)}"`;
      });
      const made = {
        ...JSON.parse(text),
        id: location.split('/')[1],
        versionId: (found?.versionId ?? 0) + 1,
      } as Stored;
      if (found) this.resources.splice(this.resources.indexOf(found), 1);
      this.resources.push(made);
      return { status: found ? '200 OK' : '201 Created', location };
    });
    return { resourceType: 'Bundle', type: 'transaction-response', entry: response.map((r) => ({ response: r })) };
  }

  of(type: string): Stored[] {
    return this.resources.filter((resource) => resource.resourceType === type);
  }

  #match({ resource, request }: Entry): Stored | undefined {
    const query = request.method === 'PUT' ? request.url.split('?')[1] : request.ifNoneExist;
    const wanted = new URLSearchParams(query ?? '').get('identifier');
    if (!wanted?.includes('|')) throw new Refusal(400, `an entry of ${resource.resourceType} has no condition`);
    const [system, value] = wanted.split('|');
    const matches = this.of(resource.resourceType).filter((stored) =>
      (stored.identifier as Entry['resource']['identifier'])?.some(
        (one) => one.system === system && one.value === value,
      ),
    );
    if (matches.length > 1) throw new Refusal(412, `${matches.length} resources match ${resource.resourceType}`);
    return matches[0];
  }
}
