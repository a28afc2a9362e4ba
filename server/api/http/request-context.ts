import { randomUUID } from 'node:crypto';
import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Config } from '@lianzhen/platform/config.ts';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { NextFunction, Request, Response } from 'express';
import type { Actor, Ctx } from '../context.ts';
import type { Deps } from '../deps.ts';
import { findMachine } from '../identity/find-machine.ts';
import { findSession } from '../identity/find-session.ts';

export const sessionCookie = 'lianzhen_session';

export const ctxOf = (res: Response): Ctx => res.locals.ctx as Ctx;

/** Every request gets an id and knows who asks: the session cookie's person, the bearer token's machine, or nobody. */
export function bindContext(deps: Deps) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const requestId = randomUUID();
    res.setHeader('X-Request-Id', requestId);
    const address = req.ip ?? null;
    const ctx: Ctx = {
      actor: { kind: 'nobody' },
      requestId,
      address,
      userAgent: req.get('user-agent')?.slice(0, 200) ?? null,
      language: req.acceptsLanguages('zh', 'en') === 'en' ? 'en' : 'zh',
      log: deps.log.child({ requestId }),
      setSessionCookie: (token, expiresAt) => {
        res.append('Set-Cookie', cookieOf(deps, token, expiresAt));
      },
    };
    res.locals.ctx = ctx;
    // Refused further on, once it is counted: a flood of wrong tokens is a flood as well.
    ctx.actor = await actorOf(deps, ctx, req).catch((cause: unknown) => {
      res.locals.refusal = cause;
      return { kind: 'nobody' };
    });
    next();
  };
}

export function refuseWrongToken(_req: Request, res: Response, next: NextFunction): void {
  next(res.locals.refusal);
}

async function actorOf(deps: Deps, ctx: Ctx, req: Request): Promise<Actor> {
  const authorization = req.get('authorization');
  if (authorization !== undefined) return findMachine(deps, ctx, authorization);
  const token = parseCookie(req.get('cookie') ?? '')[sessionCookie];
  return token ? findSession(deps, token) : { kind: 'nobody' };
}

function cookieOf(deps: Deps, token: string | undefined, expires?: Date): string {
  return stringifySetCookie({
    name: sessionCookie,
    value: token ?? '',
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: deps.config.HUB_PUBLIC_URL?.startsWith('https:') ?? false,
    ...(token ? { expires } : { maxAge: 0 }),
  });
}

/** The page that asks is the hub's own: of the host that was asked, or of the address under which people reach it. */
export function isOwnOrigin(
  { HUB_PUBLIC_URL }: Pick<Config, 'HUB_PUBLIC_URL'>,
  origin: string | undefined,
  host: string | undefined,
): boolean {
  // Only browsers name one; what is no browser carries nobody's cookies by accident.
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const asking = new URL(origin);
  return asking.host === host || (HUB_PUBLIC_URL !== undefined && asking.origin === new URL(HUB_PUBLIC_URL).origin);
}

/** A name or address and perhaps a port (RFC 9110 7.2). */
const hostForm = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/** The host that was asked stands in the links of answers: what is none would break them, or say something in them. */
export function refuseStrangeHost(req: Request, _res: Response, next: NextFunction): void {
  if (!hostForm.test(req.get('host') ?? 'localhost'))
    throw new HubError('malformed-request', { field: 'Host', expected: 'a host name and perhaps a port' });
  next();
}

/** A browser names the page that asks: another site's page cannot make a logged-in person act. */
export function refuseForeignOrigin({ config }: Pick<Deps, 'config'>) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const reads = req.method === 'GET' || req.method === 'HEAD' || req.method === 'OPTIONS';
    const isOwn =
      reads || ctxOf(res).actor.kind === 'machine' || isOwnOrigin(config, req.get('origin'), req.get('host'));
    if (!isOwn) throw new HubError('forbidden', { origin: 'another site' });
    next();
  };
}
