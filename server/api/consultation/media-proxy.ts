import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { problemOf } from '@lianzhen/contracts/errors.ts';
import { createProxyServer } from 'http-proxy-3';
import type { Deps } from '../deps.ts';
import { isOwnOrigin } from '../http/request-context.ts';
import { findNode } from './media-nodes.ts';

/** `roomSocketPath` of any node. */
const path = /^\/media\/([a-z0-9-]{1,40})\/socket\.io\/?(?:\?|$)/;
/** A node is asked for so often at the most; it may have been started again on another port. */
const knownMs = 1000;
const answerWithinMs = 30_000;

/**
 * Hands the sockets of rooms on to the media nodes that hold them: people reach the whole hub at one address. Polling
 * requests come through the returned handler, upgrades are taken from the server itself.
 * @returns a handler that answers true where the request was its own
 */
export function openMediaProxy(
  { config, redis, log }: Pick<Deps, 'config' | 'redis' | 'log'>,
  server: Server,
): (req: IncomingMessage, res: ServerResponse) => boolean {
  const proxy = createProxyServer({ xfwd: false, proxyTimeout: answerWithinMs });
  // A browser that vanishes is an error of its own socket, which the library throws where nobody listens to it here.
  proxy.on('error', (_err, _req, to) => void to.destroy());
  const known = new Map<string, { url: string | undefined; until: number }>();

  async function targetOf(nodeId: string): Promise<string | undefined> {
    const found = known.get(nodeId);
    if (found && found.until > Date.now()) return found.url;
    const url = (await findNode(redis, nodeId))?.url;
    // Names that are asked for come from outside: only those that exist are kept.
    if (url === undefined) known.delete(nodeId);
    else known.set(nodeId, { url, until: Date.now() + knownMs });
    return url;
  }
  const nodeOf = ({ url = '' }: IncomingMessage) => path.exec(url)?.[1];
  const isOwn = ({ headers }: IncomingMessage) => isOwnOrigin(config, headers.origin, headers.host);

  async function web(nodeId: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
    if (!isOwn(req)) return refuse(res, 'forbidden');
    const target = await targetOf(nodeId);
    if (target === undefined) return refuse(res, 'unavailable');
    proxy.web(req, res, { target }, () => {
      known.delete(nodeId);
      refuse(res, 'unavailable');
    });
  }
  async function upgrade(nodeId: string, req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const target = isOwn(req) ? await targetOf(nodeId) : undefined;
    if (target === undefined) return void socket.destroy();
    proxy.ws(req, socket, head, { target }, () => {
      known.delete(nodeId);
      socket.destroy();
    });
  }

  server.on('upgrade', (req, socket, head) => {
    const nodeId = nodeOf(req);
    if (nodeId === undefined) return;
    socket.on('error', () => socket.destroy());
    upgrade(nodeId, req, socket, head).catch((err: unknown) => {
      log.warn({ err }, 'a media node could not be found');
      socket.destroy();
    });
  });
  return (req, res) => {
    const nodeId = nodeOf(req);
    if (nodeId === undefined) return false;
    web(nodeId, req, res).catch((err: unknown) => {
      log.warn({ err }, 'a media node could not be found');
      refuse(res, 'unavailable');
    });
    return true;
  };
}

function refuse(res: ServerResponse, code: 'forbidden' | 'unavailable'): void {
  if (res.headersSent) return void res.destroy();
  const problem = problemOf(code, {}, crypto.randomUUID(), 'zh');
  res.writeHead(problem.status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
}
