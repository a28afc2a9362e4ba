import type { IncomingMessage, ServerResponse } from 'node:http';
import { HubError } from '@lianzhen/contracts/errors.ts';
import { StartProbe } from '@lianzhen/contracts/site-check.ts';
import type { Deps } from '../../deps.ts';
import { probePath, verifyProbeToken } from '../site-check/probe-token.ts';
import type { ProbeRoom } from './probe-room.ts';

const longestBody = 4096;

/**
 * Answers `POST /probe` on the media node's own HTTP server. The http role asks, with a token that it signed.
 * @returns false where the request is for somebody else
 */
export function answerProbe(
  deps: Pick<Deps, 'config' | 'clock' | 'log'>,
  room: ProbeRoom,
  req: IncomingMessage,
  res: ServerResponse,
): boolean {
  if (req.method !== 'POST' || req.url !== probePath) return false;
  void openProbe(deps, room, req).then(
    (probe) => res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(probe)),
    (cause: unknown) => {
      const error = cause instanceof HubError ? cause : new HubError('internal', {}, { cause });
      if (error.code === 'internal') deps.log.error({ err: error.cause ?? error }, 'probe failed');
      const body = JSON.stringify({ code: error.code, details: error.details });
      res.writeHead(error.code === 'internal' ? 500 : 409, { 'content-type': 'application/json' }).end(body);
    },
  );
  return true;
}

async function openProbe(deps: Pick<Deps, 'config' | 'clock'>, room: ProbeRoom, req: IncomingMessage) {
  await verifyProbeToken(deps, req.headers.authorization?.replace(/^Bearer /, '') ?? '');
  const asked = StartProbe.safeParse(parseJson(await bodyOf(req)));
  if (!asked.success) throw new HubError('bad-input', { expected: 'the fields of a probe' });
  return room.open(asked.data);
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > longestBody) throw new HubError('too-large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new HubError('malformed-request', { expected: 'JSON' }, { cause });
  }
}
