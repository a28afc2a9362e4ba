import { HubError } from '@lianzhen/contracts/errors.ts';
import type { Segment } from '../mllp/segments.ts';

/** One ORC with everything that follows it up to the next. */
export interface OrderGroup {
  orc: Segment;
  obrs: Segment[];
  /** DG1, OBX, NTE, CON, TQ1, in their order. */
  others: Segment[];
}
export interface OrderMessage {
  patient: Segment | undefined;
  visit: Segment | undefined;
  /** What stands before the first ORC is said of all. */
  common: Segment[];
  groups: OrderGroup[];
}

/**
 * OMG^O19 and ORM^O01 as the hub reads them: PID, PV1, then groups of ORC and OBR (v2.5.1, 4.4).
 * @throws `malformed-request` where a segment stands in a wrong place, naming it
 */
export function orderMessage(segments: readonly Segment[]): OrderMessage {
  const read: OrderMessage = { patient: undefined, visit: undefined, common: [], groups: [] };
  for (const segment of segments) {
    const group = read.groups.at(-1);
    if (segment.name === 'ORC') read.groups.push({ orc: segment, obrs: [], others: [] });
    else if (segment.name === 'PID') read.patient = only(read.patient, segment);
    else if (segment.name === 'PV1') read.visit ??= segment;
    else if (segment.name !== 'OBR') (group?.others ?? read.common).push(segment);
    else if (group) group.obrs.push(segment);
    else throw misplaced('OBR', 'an ORC before it');
  }
  if (read.groups.length === 0) throw misplaced('ORC', 'an order');
  return read;
}

function only(before: Segment | undefined, segment: Segment): Segment {
  if (before) throw misplaced('PID[2]', 'one patient in a message');
  return segment;
}
const misplaced = (field: string, expected: string) =>
  new HubError('malformed-request', { fields: [{ field, expected }] });

/** The first segment of a name that belongs to a group, or to all of them; a single one later in the message counts. */
export function segmentFor(message: OrderMessage, group: OrderGroup, name: string): Segment | undefined {
  const own = [...group.others, ...message.common].find((segment) => segment.name === name);
  const all = message.groups.flatMap(({ others }) => others.filter((segment) => segment.name === name));
  return own ?? (all.length === 1 ? all[0] : undefined);
}
