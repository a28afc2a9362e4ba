import { findDuplicates } from '@lianzhen/contracts/jobs.ts';
import type { HandlerEntry } from '../deps.ts';
import { handleFindDuplicates } from './find-duplicates.ts';

export const patientsHandlers: HandlerEntry[] = [{ job: findDuplicates, handle: handleFindDuplicates }];
