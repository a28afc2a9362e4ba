import type { siteCheckContract } from '@lianzhen/contracts/site-check.ts';
import { requireAccess } from '../../context.ts';
import type { UseCases } from '../../http/bind.ts';
import { listSiteChecks, readSiteCheck } from './list-site-checks.ts';
import { saveSiteCheck } from './save-site-check.ts';
import { startProbe } from './start-probe.ts';

export const siteCheckUseCases = {
  now: async ({ clock }, ctx) => {
    requireAccess(ctx, 'site-check:run');
    return { now: clock.now().toISOString() };
  },
  probe: startProbe,
  save: saveSiteCheck,
  list: listSiteChecks,
  read: readSiteCheck,
} satisfies UseCases<typeof siteCheckContract>;
