import type { Tx } from '@lianzhen/db/client.ts';
import type { FacilityScope } from '@lianzhen/db/scope.ts';
import * as store from './store.ts';

export type LockedCase = store.CaseFound;

/** A case of one's own centres, locked until the transaction ends: orders and reports change under the same lock. */
export const lockCase = (tx: Tx, scope: FacilityScope, id: string): Promise<LockedCase> => store.lock(tx, scope, id);

/** The case of an order that one's own facility asked for, locked. */
export const lockCaseOfOrder = (tx: Tx, scope: FacilityScope, orderId: string): Promise<LockedCase> =>
  store.lockOfSender(tx, scope, orderId);

/** The same without a lock, to look. */
export const findCase = (tx: Tx, scope: FacilityScope, id: string): Promise<LockedCase> => store.read(tx, scope, id);

/** To look at a case, where it lies on this desk. */
export const seekCase = (tx: Tx, scope: FacilityScope, id: string): Promise<LockedCase | null> =>
  store.seek(tx, scope, id);
