import type { Notice } from '@lianzhen/contracts/room-signals.ts';
import { waitMs } from './backoff.ts';
import type { EndReason, Phase } from './room-state.ts';

/** Every so many failed tries the hub is asked for another ticket: the room may have moved to another node. */
const ticketEvery = 3;

export interface Link {
  phase: Phase;
  /** Tries since the link was lost. */
  attempt: number;
  /** The hub gives no other ticket, for this reason; the old one is still tried. */
  lapsed?: EndReason | undefined;
}

export type LinkEvent =
  | { kind: 'joined'; admission: 'in' | 'lobby' }
  | { kind: 'admitted' }
  /** The socket is gone, does not answer, or could not be made. */
  | { kind: 'lost'; at: number }
  /** The hub was asked and gives no other ticket. A seat that is kept may still be taken with the old one. */
  | { kind: 'lapsed'; reason: EndReason }
  /** The hub has given another ticket. */
  | { kind: 'renewed' }
  /** The ticket is not taken any more. */
  | { kind: 'stale-ticket'; at: number }
  /** The room has said good-bye. */
  | { kind: 'closed'; reason: Notice<'closed'>['reason']; text: string; at: number }
  /** The hub gives no other ticket: the session is over, or not for this person. */
  | { kind: 'denied'; reason: EndReason; text: string }
  | { kind: 'left' };

export type Step = { do: 'nothing' } | { do: 'stop' } | { do: 'connect'; inMs: number; withNewTicket: boolean };

const over = (reason: EndReason, text = ''): readonly [Link, Step] => [
  { phase: { name: 'over', reason, text }, attempt: 0 },
  { do: 'stop' },
];

/** The next try of a link that is gone; who was never in goes on connecting. */
function again(link: Link, at: number, random: number, withNewTicket: boolean): readonly [Link, Step] {
  const { phase, attempt, lapsed } = link;
  const isNew = phase.name === 'in' || phase.name === 'lobby';
  const tried = isNew ? 0 : attempt + 1;
  const next: Phase = isNew ? { name: 'reconnecting', since: at, wasIn: phase.name === 'in' } : phase;
  const isTicketDue = withNewTicket || (tried > 0 && tried % ticketEvery === 0);
  return [
    { phase: next, attempt: tried, lapsed },
    { do: 'connect', inMs: waitMs(tried, random), withNewTicket: isTicketDue },
  ];
}

const finals: Partial<Record<Notice<'closed'>['reason'], EndReason>> = {
  left: 'left',
  removed: 'removed',
  refused: 'refused',
  ended: 'ended',
  replaced: 'replaced',
  expired: 'logged-out',
};

/**
 * How a browser keeps its seat: what has happened leads from one phase to the next and says what is to be done. What is
 * over stays over.
 * @param random from 0 to 1; it spreads the waits
 */
export function stepLink(link: Link, event: LinkEvent, random: number): readonly [Link, Step] {
  if (link.phase.name === 'over') return [link, { do: 'nothing' }];
  switch (event.kind) {
    case 'joined':
      return [{ phase: { name: event.admission }, attempt: 0 }, { do: 'nothing' }];
    case 'admitted':
      return [{ phase: { name: 'in' }, attempt: 0 }, { do: 'nothing' }];
    case 'lost':
      return again(link, event.at, random, false);
    case 'lapsed':
      return [{ ...link, lapsed: event.reason }, { do: 'nothing' }];
    case 'renewed':
      return [{ ...link, lapsed: undefined }, { do: 'nothing' }];
    case 'stale-ticket':
      // Either of the two may be wrong about it on a bad link; hub and room together are not.
      return link.lapsed ? over(link.lapsed) : again(link, event.at, random, true);
    case 'closed': {
      const final = finals[event.reason];
      if (final) return over(final, event.text);
      return again(link, event.at, random, event.reason !== 'media-lost');
    }
    case 'denied':
      return over(event.reason, event.text);
    case 'left':
      return over('left');
  }
}
