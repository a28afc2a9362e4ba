import { FhirConfig } from '@lianzhen/contracts/delivery.ts';
import { z } from 'zod';
import { plainAnswer, unanswered } from '../answers.ts';
import { boundedFetch, type HttpAnswer } from '../bounded-fetch.ts';
import { pinnedTo } from '../pinned-lookup.ts';
import type { Adapter, Receipt } from './adapter.ts';

const Outcome = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(
    z.object({
      severity: z.string().optional(),
      code: z.string().optional(),
      diagnostics: z.string().optional(),
      details: z.object({ text: z.string().optional() }).optional(),
    }),
  ),
});
const Answer = z.object({
  resourceType: z.literal('Bundle'),
  type: z.literal('transaction-response'),
  entry: z.array(z.object({ response: z.object({ status: z.string(), location: z.string().optional() }) })),
});
/** A client error that says nothing about the content: another moment or a token renewed may change it. */
const passing = new Set([401, 403, 407, 408, 409, 423, 425, 429]);

/** FHIR R4 transaction. The entries are conditional, so a repeat after a lost answer doubles nothing. */
export const sendFhir: Adapter = async (document, destination, _delivery, signal) => {
  const config = FhirConfig.parse(destination.config);
  const headers: Record<string, string> = {
    'content-type': 'application/fhir+json; charset=utf-8',
    accept: 'application/fhir+json',
  };
  if (config.bearerTokenName) {
    const token = destination.secrets[config.bearerTokenName];
    if (!token) throw unanswered('secret-missing', config.bearerTokenName);
    headers.authorization = `Bearer ${token}`;
  }
  const body = new Uint8Array(document.bytes);
  const answer = await boundedFetch(
    new URL(config.baseUrl),
    { method: 'POST', headers, body, ...pinnedTo(destination.addresses) },
    config.timeoutMs,
    signal,
  );
  return readAnswer(answer);
};

function readAnswer({ status, body }: HttpAnswer): Receipt {
  const said = parse(body);
  if (status >= 200 && status < 300) {
    const bundle = Answer.safeParse(said);
    if (!bundle.success) throw unanswered('answer-malformed', `HTTP ${status}`);
    const refused = bundle.data.entry.find(({ response }) => !/^2\d\d/.test(response.status));
    if (refused) throw unanswered('unexpected-status', refused.response.status.slice(0, 60));
    const report = bundle.data.entry
      .map(({ response }) => response.location ?? '')
      .find((at) => at.includes('DiagnosticReport'));
    return { outcome: 'accepted', answer: plainAnswer(`HTTP ${status} ${report ?? ''}`) };
  }
  const outcome = Outcome.safeParse(said);
  if (outcome.success && status >= 400 && status < 500 && !passing.has(status)) {
    const words = outcome.data.issue.map(({ code, details, diagnostics }) =>
      [code, details?.text, diagnostics].filter(Boolean).join(' '),
    );
    return { outcome: 'rejected', answer: plainAnswer(`HTTP ${status}; ${words.join('; ')}`) };
  }
  throw unanswered('unexpected-status', `HTTP ${status}`);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
