import { HubError } from '@lianzhen/contracts/errors.ts';
import { type Request, type Response, Router } from 'express';
import type { Deps } from '../deps.ts';
import { ctxOf } from '../http/request-context.ts';
import type { AccessNotes } from './access-notes.ts';
import { dicomWebScope } from './dicomweb-access.ts';
import { requireUid } from './dicomweb-params.ts';
import { FrameTables } from './frame-tables.ts';
import { instancesOf, studyInScopeByUid } from './retrieve-store.ts';
import { sendBulk } from './send-bulk.ts';
import { sendFrames } from './send-frames.ts';
import { sendInstances } from './send-instances.ts';
import { sendMetadata } from './send-metadata.ts';
import type { Wanted } from './wanted.ts';

const study = '/studies/:study';
const series = `${study}/series/:series`;
const instance = `${series}/instances/:instance`;

/** WADO-RS (PS3.18 10.4): whole objects, metadata, frames and bulk data, all out of what is stored. */
export function wadoRoutes(deps: Deps, notes: AccessNotes): Router {
  const router = Router();
  const tables = new FrameTables(deps.db);
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
    router.get(`${path}/rendered`, async (req, res) => {
      await find(req, res);
      throw new HubError('not-acceptable', { reason: 'the hub does not render; read the frames' });
    });
  }
  router.get(`${instance}/frames/:frames`, async (req, res) => sendFrames(deps, tables, await find(req, res)));
  router.get(`${instance}/bulk/*path`, async (req, res) => sendBulk(deps, tables, await find(req, res)));
  return router;
}

function uidOf(req: Request, name: 'study' | 'series' | 'instance'): string | undefined {
  const value = req.params[name];
  return value === undefined ? undefined : requireUid(value, name);
}
