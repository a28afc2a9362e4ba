import { HubError } from '@lianzhen/contracts/errors.ts';
import { hubContract } from '@lianzhen/contracts/hub-contract.ts';
import type { AnyContractProcedure } from '@orpc/contract';
import { type Request, type Response, Router } from 'express';

/** What can be asked of a path as Express writes it, in capitals. */
type Methods = [path: string, methods: string[]];

/** The methods of all JSON routes. */
export const contractMethods = (): Methods[] =>
  Object.values(hubContract)
    .flatMap((word) => Object.values<AnyContractProcedure>(word))
    .map((procedure) => procedure['~orpc'].route)
    .map(({ method = 'POST', path = '' }) => [path.replace(/\{(\w+)\}/g, ':$1'), [method]]);

/** The methods of a router's routes, and of the routers that it uses under its own path. */
export const methodsOf = (router: Router): Methods[] =>
  router.stack.flatMap(({ route, handle }): Methods[] => {
    if (!route) return 'stack' in handle ? methodsOf(handle as Router) : [];
    const methods = route.stack.map(({ method }) => method.toUpperCase());
    // Who answers GET answers HEAD, without being told to.
    return [[route.path, methods.includes('GET') ? [...methods, 'HEAD'] : methods]];
  });

/**
 * Stands before the routes of a door: what is there, but not for this method, is refused as such (RFC 9110, 15.5.6), in
 * the form in which that door tells its errors. OPTIONS is no exception: Express would answer it with the routes of the
 * first router that knows the path. A path that nobody knows is let pass, to be found by nobody.
 */
export function refuseOtherMethods(known: readonly Methods[]): Router {
  const router = Router({ caseSensitive: true });
  const allowed = (res: Response): Set<string> => (res.locals.allowed ??= new Set<string>());
  // One address may be several paths: /site-checks/bytes is one of /site-checks/:id as well.
  for (const [path, methods] of known)
    router.all(path, (_req, res, next) => {
      for (const method of methods) allowed(res).add(method);
      next();
    });
  router.use((req, res, next) => {
    const methods = allowed(res);
    if (methods.size === 0 || methods.has(req.method)) return next();
    const allow = [...methods].sort();
    res.setHeader('Allow', allow.join(', '));
    throw new HubError('method-not-allowed', { allow });
  });
  // A path that cannot be decoded is refused by whoever wants to read it.
  const passOn = (cause: unknown, _req: Request, _res: Response, next: (cause?: unknown) => void) =>
    next(cause instanceof HubError ? cause : undefined);
  router.use(passOn);
  return router;
}
