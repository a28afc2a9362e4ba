import { dueAfter } from '@lianzhen/contracts/lease-rules.ts';
import type { Tx } from '@lianzhen/db/client.ts';
import type { Person } from '../context.ts';
import type { Deps } from '../deps.ts';
import { holdCase } from './hold-case.ts';
import { moveCase } from './move-case.ts';
import type * as store from './store.ts';

/** A reported case goes back to the desk of whoever corrects it, with a deadline of its own. */
export async function reopenCase(
  tx: Tx,
  deps: Pick<Deps, 'config' | 'clock'>,
  person: Person,
  found: store.CaseFound,
  reason: string,
): Promise<void> {
  const now = deps.clock.now();
  await moveCase(
    tx,
    found,
    'reading',
    { kind: 'amended', at: now, by: person, reason },
    {
      dueAt: dueAfter(now, found.deadlineMinutes),
      escalatedAt: null,
    },
  );
  await holdCase(tx, deps, person, { ...found, state: 'reading' }, 'read');
}
