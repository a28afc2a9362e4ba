import { HubError } from './errors.ts';

/** State -> the states it may change to. */
export type Transitions<S extends string> = { readonly [from in S]: readonly S[] };

export const canMove = <S extends string>(table: Transitions<S>, from: S, to: S): boolean => table[from].includes(to);

/** Throws `wrong-state` unless the table allows the change. */
export function assertTransition<S extends string>(table: Transitions<S>, from: string, to: S): void {
  const allowed = (table as Record<string, readonly S[]>)[from];
  if (!allowed?.includes(to)) throw new HubError('wrong-state', { from, to });
}
