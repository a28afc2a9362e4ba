import type { Actor } from '../../server/api/context.ts';
import { acknowledgeAlarm } from '../../server/api/ecg/alarms/answer-alarm.ts';
import { listAlarms } from '../../server/api/ecg/alarms/list-alarms.ts';
import { ctxFor } from './callers.ts';
import type { EcgEdge } from './ecg-edge.ts';

/** Alarms as somebody finds and answers them. */
export function alarmsAt(edge: EcgEdge) {
  const alarmsOf = (actor: Actor, state: 'open' | 'all' = 'open') =>
    listAlarms(edge.apiDeps(), ctxFor(actor), { state });
  /** The one that is open. */
  const only = async (actor: Actor) => {
    const [first, second] = await alarmsOf(actor);
    if (!first || second) throw new Error('not one alarm');
    return first;
  };
  const acknowledge = async (actor: Actor) => {
    const { id, revision } = await only(actor);
    return acknowledgeAlarm(edge.apiDeps(), ctxFor(actor), { id, revision });
  };
  return { alarmsOf, only, acknowledge };
}
