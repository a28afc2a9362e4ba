import { expect, test } from 'vitest';
import { type Link, type LinkEvent, type Step, stepLink } from './link-machine.ts';

const start: Link = { phase: { name: 'connecting' }, attempt: 0 };
const lost: LinkEvent = { kind: 'lost', at: 1000 };
const inside: LinkEvent = { kind: 'joined', admission: 'in' };

function run(events: LinkEvent[]) {
  let link = start;
  let step: Step = { do: 'nothing' };
  for (const event of events) [link, step] = stepLink(link, event, 0.5);
  return { phase: link.phase, step };
}

test('who waits in the lobby comes in when admitted', () => {
  expect(run([{ kind: 'joined', admission: 'lobby' }]).phase).toEqual({ name: 'lobby' });
  expect(run([{ kind: 'joined', admission: 'lobby' }, { kind: 'admitted' }]).phase).toEqual({ name: 'in' });
});

test('a lost link is tried again at once, then after longer and longer, and tells since when it is gone', () => {
  expect(run([inside, lost])).toEqual({
    phase: { name: 'reconnecting', since: 1000, wasIn: true },
    step: { do: 'connect', inMs: 0, withNewTicket: false },
  });
  const later = run([inside, lost, { kind: 'lost', at: 9000 }, { kind: 'lost', at: 19_000 }]);
  expect(later.phase).toMatchObject({ since: 1000 });
  expect(later.step).toEqual({ do: 'connect', inMs: 800, withNewTicket: false });
});

test('every third try asks for another ticket, for the room may have moved', () => {
  const tickets = [1, 2, 3, 4, 5, 6].map((times) => {
    const { step } = run([inside, lost, ...Array.from({ length: times }, () => lost)]);
    return step.do === 'connect' && step.withNewTicket;
  });
  expect(tickets).toEqual([false, false, true, false, false, true]);
});

test('after a success the tries begin anew', () => {
  const { step, phase } = run([inside, lost, lost, lost, inside, { kind: 'lost', at: 5000 }]);
  expect(step).toMatchObject({ inMs: 0 });
  expect(phase).toMatchObject({ since: 5000 });
});

test('a lost worker needs no ticket, a moved room and a ticket that is not taken do', () => {
  const closed = (reason: 'media-lost' | 'moving'): LinkEvent => ({
    kind: 'closed',
    reason,
    text: '',
    at: 2000,
  });
  expect(run([inside, closed('media-lost')]).step).toEqual({ do: 'connect', inMs: 0, withNewTicket: false });
  expect(run([inside, closed('moving')]).step).toEqual({ do: 'connect', inMs: 0, withNewTicket: true });
  expect(run([{ kind: 'stale-ticket', at: 1 }]).step).toMatchObject({ do: 'connect', withNewTicket: true });
});

test('a seat that the room has closed because its account logged out is over', () => {
  const closed: LinkEvent = { kind: 'closed', reason: 'expired', text: '', at: 2000 };
  expect(run([inside, closed])).toEqual({
    phase: { name: 'over', reason: 'logged-out', text: '' },
    step: { do: 'stop' },
  });
});

test('whom neither hub nor room knows any more is out; either of them alone is not believed', () => {
  const stale: LinkEvent = { kind: 'stale-ticket', at: 2000 };
  const lapsed: LinkEvent = { kind: 'lapsed', reason: 'logged-out' };
  expect(run([inside, lost, stale, stale, stale]).phase).toMatchObject({ name: 'reconnecting' });
  expect(run([inside, lost, lapsed, lost, lost]).phase).toMatchObject({ name: 'reconnecting' });
  expect(run([inside, lost, stale, lapsed, lost, stale]).phase).toEqual({
    name: 'over',
    reason: 'logged-out',
    text: '',
  });
  // Somebody has logged in again meanwhile, or the seat was kept.
  expect(run([inside, lost, lapsed, { kind: 'renewed' }, stale]).phase).toMatchObject({ name: 'reconnecting' });
  expect(run([inside, lost, lapsed, inside, lost, stale]).phase).toMatchObject({ name: 'reconnecting' });
});

test('what is over stays over, whatever still comes in', () => {
  const removed: LinkEvent = { kind: 'closed', reason: 'removed', text: '走错房间', at: 3000 };
  expect(run([inside, removed])).toEqual({
    phase: { name: 'over', reason: 'removed', text: '走错房间' },
    step: { do: 'stop' },
  });
  expect(run([inside, removed, lost, inside])).toEqual({
    phase: { name: 'over', reason: 'removed', text: '走错房间' },
    step: { do: 'nothing' },
  });
});

test('a hub that gives no ticket ends the tries', () => {
  expect(run([inside, lost, { kind: 'denied', reason: 'ended', text: '' }]).step).toEqual({ do: 'stop' });
});
