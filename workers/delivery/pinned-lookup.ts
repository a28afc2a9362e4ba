import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** In the place of the resolver: a socket that asks for its host's addresses is given those that were checked. */
export function pinnedTo(addresses: readonly LookupAddress[] | undefined): { lookup?: LookupFunction } {
  const [first] = addresses ?? [];
  if (!first) return {};
  const lookup: LookupFunction = (_host, { all }, answer) =>
    all ? answer(null, [...(addresses ?? [])]) : answer(null, first.address, first.family);
  return { lookup };
}
