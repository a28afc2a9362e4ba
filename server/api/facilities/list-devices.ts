import { type Ctx, requireAccess } from '../context.ts';
import type { Deps } from '../deps.ts';
import { deviceView } from './facility-view.ts';
import * as store from './store.ts';

/** The machines of one's facilities, with the charset override in force. */
export async function listDevices({ db }: Pick<Deps, 'db'>, ctx: Ctx) {
  const scope = requireAccess(ctx, 'facility:read');
  return (await store.devices(db, scope)).map(deviceView);
}
