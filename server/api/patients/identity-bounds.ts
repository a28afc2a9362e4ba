import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Identifier } from '@lianzhen/contracts/patients.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import { type Ctx, requirePerson } from '../context.ts';
import * as store from './store.ts';

/**
 * Record numbers run in series, so one's own facility alone may say whose they are: with another facility's it would take
 * a common name and some patience to be let in on its patients.
 */
export function assertOwnNumbers(ctx: Ctx, identifiers: readonly Identifier[]): void {
  const own = new Set(requirePerson(ctx).seats.map((seat) => seat.code));
  const at = identifiers.findIndex(({ type, issuer }) => type === 'mrn' && !own.has(issuer));
  if (at < 0) return;
  throw new HubError('bad-input', { fields: [{ field: `identifiers.${at}.issuer`, expected: 'one’s own facility' }] });
}

/** Naming a clinic lets it see the patient: it must be one. */
export async function assertVillage(tx: Tx, villageId: string | null | undefined): Promise<void> {
  if (villageId && !(await store.village(tx, villageId)))
    throw new HubError('bad-input', { fields: [{ field: 'villageId', expected: 'a village clinic' }] });
}
