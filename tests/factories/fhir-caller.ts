import type { Edge } from './edge.ts';
import type { FhirResource } from './fhir-orders.ts';

export interface FhirAnswer {
  status: number;
  headers: Headers;
  body: FhirResource & {
    entry?: { resource: FhirResource; response: { status: string; location?: string; outcome?: FhirAnswer['body'] } }[];
    total?: number;
    link?: { relation: string; url: string }[];
    issue?: { code: string; expression?: string[] }[];
  };
}

/** A hospital's system in front of `/fhir/R4`. @param own its token; a header `token` is another for one request */
export function fhirCaller(edge: Edge, own: () => string) {
  const ask = async (method: string, path: string, body?: unknown, more: Record<string, string> = {}) => {
    const { token = own(), ...headers } = more;
    const response = await edge.ask(`/fhir/R4${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    const { status } = response;
    return { status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) } as FhirAnswer;
  };
  return { ask, post: (resource: FhirResource, headers = {}) => ask('POST', '/ServiceRequest', resource, headers) };
}

/** The status, and the elements that are named as wrong. */
export const expressionsOf = ({ status, body }: FhirAnswer) => [
  status,
  ...(body.issue ?? []).flatMap((one) => one.expression ?? []),
];
