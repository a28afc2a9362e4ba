import { HubError } from '@lianzhen/contracts/errors.ts';
import { type Request, type Response, Router } from 'express';
import type { Deps } from '../deps.ts';
import { ctxOf } from '../http/request-context.ts';
import type { AccessNotes } from './access-notes.ts';
import { dicomWebScope } from './dicomweb-access.ts';
import { requireUid } from './dicomweb-params.ts';
import { FrameTables } from './frame-tables.ts';
import { RenderPool } from './render/render-pool.ts';
import { instancesOf, studyInScopeByUid } from './retrieve-store.ts';
import { sendBulk } from './send-bulk.ts';
import { sendFrames } from './send-frames.ts';
import { sendInstances } from './send-instances.ts';
import { sendMetadata } from './send-metadata.ts';
import { sendRendered, sendThumbnail } from './send-rendered.ts';
import type { Wanted } from './wanted.ts';

const study = '/studies/:study';
const series = `${study}/series/:series`;
const instance = `${series}/instances/:instance`;

/** WADO-RS (PS3.18 10.4): whole objects, metadata, frames and bulk data out of what is stored; pictures drawn of it. */
export function wadoRoutes(deps: Deps, notes: AccessNotes): Router {
  const router = Router();
  const tables = new FrameTables(deps.db);
  const drawn = { deps, tables, pool: new RenderPool() };
  const find = async (req: Request, res: Response): Promise<Wanted> => {
    const ctx = ctxOf(res);
    const [studyUid, seriesUid, sopUid] = [uidOf(req, 'study'), uidOf(req, 'series'), uidOf(req, 'instance')];
    const found = studyUid && (await studyInScopeByUid(deps.db, dicomWebScope(ctx), studyUid));
    const instances = found ? await instancesOf(deps.db, found, seriesUid, sopUid) : [];
    if (!found || instances.length === 0) throw new HubError('not-found');
    await notes.note(ctx, found);
    return { study: found, instances, req, res };
  };
  for (const path of [study, series, instance]) {
    router.get(path, async (req, res) => sendInstances(deps, await find(req, res)));
    router.get(`${path}/metadata`, async (req, res) => sendMetadata(deps, await find(req, res)));
    router.get(`${path}/thumbnail`, async (req, res) => sendThumbnail(drawn, await find(req, res)));
  }
  for (const path of [study, series])
    router.get(`${path}/rendered`, async (req, res) => {
      await find(req, res);
      throw new HubError('not-acceptable', { reason: 'instances and frames are drawn one by one' });
    });
  for (const path of [instance, `${instance}/frames/:frames`])
    router.get(`${path}/rendered`, async (req, res) => sendRendered(drawn, await find(req, res)));
  router.get(`${instance}/frames/:frames/thumbnail`, async (req, res) => sendThumbnail(drawn, await find(req, res)));
  router.get(`${instance}/frames/:frames`, async (req, res) => sendFrames(deps, tables, await find(req, res)));
  router.get(`${instance}/bulk/*path`, async (req, res) => sendBulk(deps, tables, await find(req, res)));
  return router;
}

function uidOf(req: Request, name: 'study' | 'series' | 'instance'): string | undefined {
  const value = req.params[name];
  return value === undefined ? undefined : requireUid(value, name);
}
