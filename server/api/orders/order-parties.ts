import type { CheckedOrder } from './check-order.ts';

export interface Party {
  facilityId: string;
  part: 'requester' | 'centre' | 'village' | 'paired';
}

/** Every facility with a part in the order, each once: by the first part that it has. */
export function partiesOf({ facility, centre, villageId, pairedId }: CheckedOrder): Party[] {
  const all: Party[] = [
    { facilityId: facility.id, part: 'requester' },
    { facilityId: centre.facility.id, part: 'centre' },
    ...(villageId ? [{ facilityId: villageId, part: 'village' } as const] : []),
    ...(pairedId ? [{ facilityId: pairedId, part: 'paired' } as const] : []),
  ];
  return all.filter((party, at) => all.findIndex((other) => other.facilityId === party.facilityId) === at);
}
