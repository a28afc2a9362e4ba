import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import express, { Router } from 'express';

/** The built web app. Files with a hash in their name never change; the page that names them is asked for each time. */
export function webPages(folder: string | undefined): Router {
  const router = Router();
  if (!folder || !existsSync(join(folder, 'index.html'))) return router;
  const root = resolve(folder);
  router.use('/assets', express.static(join(root, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }));
  router.use(express.static(root, { index: false, maxAge: 0 }));
  router.get(/^\/(?!api|dicomweb|fhir|socket\.io).*/, (req, res, next) => {
    if (!req.accepts('html')) return next();
    res.setHeader('Cache-Control', 'no-cache');
    res.sendFile(join(root, 'index.html'));
  });
  return router;
}
