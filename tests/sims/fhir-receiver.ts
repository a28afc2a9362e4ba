import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { FhirStore, Refusal, type Transaction } from './fhir-store.ts';
import { listenOn } from './listen.ts';

/**
 * reject: 422 with an OperationOutcome; fail: 500; misroute: a proxy's 404 without an OperationOutcome; redirect: 302 to
 * elsewhere; hang: reads and says nothing; die: drops the connection; lose-answer: keeps the bundle, then drops the
 * connection; flood: an answer that does not end.
 */
export type FhirBehaviour =
  | 'accept'
  | 'reject'
  | 'fail'
  | 'misroute'
  | 'redirect'
  | 'hang'
  | 'die'
  | 'lose-answer'
  | 'flood';
export interface FhirReceiver {
  readonly baseUrl: string;
  readonly store: FhirStore;
  /** How often a whole bundle came in, and with what authorization. */
  readonly arrivals: { authorization: string | undefined; contentType: string | undefined }[];
  behave(how: FhirBehaviour): void;
  kill(): Promise<void>;
  revive(): Promise<void>;
  close(): Promise<void>;
}

/** A hospital system that receives results over FHIR R4, on 127.0.0.1. With a token it answers 401 to all others. */
export async function startFhirReceiver(behaviour: FhirBehaviour = 'accept', token?: string): Promise<FhirReceiver> {
  let how = behaviour;
  const store = new FhirStore();
  const arrivals: FhirReceiver['arrivals'] = [];
  const server = createServer((request, response) => {
    if (how === 'die') return void request.socket.destroy();
    void bodyOf(request).then((body) => {
      const { authorization, 'content-type': contentType } = request.headers;
      arrivals.push({ authorization, contentType });
      if (token && authorization !== `Bearer ${token}`) return outcome(response, 401, 'a token is needed');
      const special = answers[how];
      if (special) special(response);
      else take(store, body, response, how === 'lose-answer');
    });
  });
  let port = await listenOn(server, 0);
  const kill = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    get baseUrl() {
      return `http://127.0.0.1:${port}/fhir`;
    },
    store,
    arrivals,
    behave: (next) => {
      how = next;
    },
    kill,
    revive: async () => {
      port = await listenOn(server, port);
    },
    close: kill,
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body));
}
const outcome = (response: ServerResponse, status: number, diagnostics: string): void =>
  json(response, status, {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'processing', diagnostics }],
  });

const answers: Partial<Record<FhirBehaviour, (response: ServerResponse) => unknown>> = {
  reject: (response) => outcome(response, 422, '患者未登记'),
  fail: (response) => outcome(response, 500, 'database down'),
  misroute: (response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>nginx</h1>'),
  redirect: (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' }).end(),
  flood: (response) => flood(response),
  hang: () => undefined,
};

function take(store: FhirStore, body: string, response: ServerResponse, isAnswerLost: boolean): void {
  try {
    const result = store.transact(JSON.parse(body) as Transaction);
    if (isAnswerLost) response.destroy();
    else json(response, 200, result);
  } catch (cause) {
    outcome(response, cause instanceof Refusal ? cause.status : 400, String((cause as Error).message));
  }
}

function flood(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/fhir+json' });
  const more = (): void => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}
