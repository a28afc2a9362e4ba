import { randomUUID } from 'node:crypto';
import { HubError } from '@lianzhen/contracts/errors.ts';
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
    ctx.actor = await actorOf(deps, ctx, req);
    next();
  };
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

/** A browser names the page that asks: another site's page cannot make a logged-in person act. */
export function refuseForeignOrigin(req: Request, res: Response, next: NextFunction): void {
  const origin = req.get('origin');
  const reads = req.method === 'GET' || req.method === 'HEAD' || req.method === 'OPTIONS';
  if (reads || !origin || ctxOf(res).actor.kind === 'machine') {
    next();
    return;
  }
  const isOwn = URL.canParse(origin) && new URL(origin).host === req.get('host');
  if (!isOwn) throw new HubError('forbidden', { origin: 'another site' });
  next();
}
