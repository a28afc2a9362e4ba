import { applicationDicomJson, applicationJson } from '@lianzhen/dicom/mime.ts';
import type { DicomJson } from '@lianzhen/dicom/model.ts';
import { tags } from '@lianzhen/dicom/tags.ts';
import { type Request, type Response, Router } from 'express';
import type { Deps } from '../deps.ts';
import { ctxOf } from '../http/request-context.ts';
import { covers, notAcceptable } from './accept.ts';
import type { AccessNotes } from './access-notes.ts';
import { dicomWebScope } from './dicomweb-access.ts';
import { requireUid } from './dicomweb-params.ts';
import { withBulkUris } from './metadata-text.ts';
import { parseQidoQuery, type QidoQuery } from './qido-query.ts';
import { studyInScopeByUid } from './retrieve-store.ts';
import { matchToJson, retrieveUrlOf } from './search-answer.ts';
import type { Level } from './search-fields.ts';
import { type Match, search } from './search-store.ts';
import { baseOf } from './service-base.ts';
import { acceptOf } from './wanted.ts';
import { warningHeader } from './warning-header.ts';

/** QIDO-RS (PS3.18 10.6) at its three levels. */
export function qidoRoutes(deps: Deps, notes: AccessNotes): Router {
  const router = Router();
  const at = (path: string, level: Level) => router.get(path, (req, res) => answerSearch(deps, notes, level, req, res));
  at('/studies', 'study');
  at('/studies/:study/series', 'series');
  at('/studies/:study/series/:series/instances', 'instance');
  at('/studies/:study/instances', 'instance');
  at('/series', 'series');
  at('/instances', 'instance');
  return router;
}

async function answerSearch(deps: Deps, notes: AccessNotes, level: Level, req: Request, res: Response): Promise<void> {
  const ctx = ctxOf(res);
  const scope = dicomWebScope(ctx);
  const type = typeOf(req);
  if (!type) throw notAcceptable([applicationDicomJson]);
  const parents = parentsOf(req.params);
  const query = parseQidoQuery(level, new URL(req.originalUrl, 'http://hub').searchParams, parents);
  const study = parents[tags.StudyInstanceUID];
  if (study) {
    const found = await studyInScopeByUid(deps.db, scope, study);
    if (found) await notes.note(ctx, found);
  }
  const withAttributes = level === 'instance' && (query.include === 'all' || query.include.size > 0);
  // One more than asked for tells whether there is more.
  const matches = await search(deps.db, scope, { ...query.search, limit: query.search.limit + 1, withAttributes });
  if (matches.length > query.search.limit && matches.pop()) {
    query.warnings.push('there are additional results that can be requested');
  }
  if (query.warnings.length > 0) {
    res.setHeader('Warning', warningHeader(query.warnings));
  }
  const base = baseOf(deps.config, req);
  const body = matches.map((match) => answerOf(match, level, query, base));
  res.type(type).send(JSON.stringify(body));
}

/** What of both the client takes first; `?accept=` is for those who cannot choose their header (PS3.18 8.3.3.1). */
function typeOf(req: Request): string | undefined {
  const offered = [applicationDicomJson, applicationJson];
  const ranges = acceptOf(req).filter(({ name, isMultipart }) => !isMultipart || name === '*/*');
  return ranges.flatMap(({ name }) => offered.find((one) => covers(name, one)) ?? [])[0];
}

function parentsOf(params: Request['params']): Record<string, string> {
  return {
    ...(params.study === undefined ? {} : { [tags.StudyInstanceUID]: requireUid(params.study, 'study') }),
    ...(params.series === undefined ? {} : { [tags.SeriesInstanceUID]: requireUid(params.series, 'series') }),
  };
}

function answerOf(match: Match, level: Level, { include }: QidoQuery, base: string): DicomJson {
  const json = { ...matchToJson(match, level), ...retrieveUrlOf(base, match) };
  if (!match.attributes || typeof match.attributes !== 'object') return json;
  const stored = JSON.parse(withBulkUris(JSON.stringify(match.attributes), base, match)) as DicomJson;
  if (include === 'all') return { ...stored, ...json };
  for (const tag of include) if (stored[tag] && !json[tag]) json[tag] = stored[tag];
  return json;
}
