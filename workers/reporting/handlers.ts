import { renderDocuments } from '@lianzhen/contracts/jobs.ts';
import type { HandlerEntry } from '../deps.ts';
import { handleRenderDocuments } from './render-documents.ts';

export const reportingHandlers: HandlerEntry[] = [{ job: renderDocuments, handle: handleRenderDocuments }];
