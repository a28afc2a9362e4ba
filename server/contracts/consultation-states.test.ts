import { expect, test } from 'vitest';
import {
  ConsultationAct,
  ConsultationState,
  consultationActs,
  consultationTransitions,
  InvitationState,
  invitationTransitions,
  isClosed,
  mayAct,
  Standing,
} from './consultation-states.ts';
import { assertTransition, canMove } from './transitions.ts';

const states = ConsultationState.options;

test('every state is reached from a request, and every open one can end', () => {
  const reached = new Set<ConsultationState>(['submitted']);
  for (const state of reached) for (const to of consultationTransitions[state]) reached.add(to);
  expect([...reached].sort()).toEqual([...states].sort());
  const over = states.filter(isClosed);
  for (const state of states)
    expect(isClosed(state) || over.some((to) => canMove(consultationTransitions, state, to)), state).toBe(true);
});

test('nothing leads back from what is over, but for an opinion that is corrected', () => {
  for (const from of states.filter(isClosed))
    for (const to of consultationTransitions[from]) expect(isClosed(to), `${from} -> ${to}`).toBe(true);
  expect(canMove(consultationTransitions, 'acknowledged', 'concluded')).toBe(true);
});

test('a session is cancelled before it begins and terminated after', () => {
  for (const state of states) {
    const before = ['submitted', 'supplement-asked', 'accepted', 'scheduled'].includes(state);
    expect(mayAct('cancel', 'requester', state)).toBe(before);
    expect(canMove(consultationTransitions, state, 'cancelled')).toBe(before);
    expect(mayAct('terminate', 'expert', state)).toBe(state === 'live' || state === 'opinion-due');
  }
});

test('who only looks on decides nothing; who was only asked does not write', () => {
  const allowed = (standing: Standing) =>
    ConsultationAct.options.filter((act) => states.some((state) => mayAct(act, standing, state)));
  expect(allowed('observer')).toEqual(['join']);
  expect(allowed('linked').sort()).toEqual(['invite-guest', 'join', 'supplement']);
  expect(allowed('invited')).not.toContain('write-opinion');
  expect(allowed('invited')).not.toContain('join');
  for (const act of ['write-opinion', 'sign-opinion', 'correct-opinion'] as const)
    expect(Standing.options.filter((standing) => consultationActs[act].by.includes(standing))).toEqual(['expert']);
});

test('every act that ends or refuses something asks for its reason', () => {
  for (const act of ['decline', 'cancel', 'terminate', 'correct-opinion'] as const)
    expect(consultationActs[act].needsReason).toBe(true);
});

test('an answer is final but for an acceptance that is put back', () => {
  for (const state of ['declined', 'superseded'] as const) expect(invitationTransitions[state]).toEqual([]);
  for (const state of InvitationState.options.filter((one) => invitationTransitions[one].length > 0))
    expect(canMove(invitationTransitions, state, 'declined')).toBe(true);
  expect(() => assertTransition(invitationTransitions, 'declined', 'accepted')).toThrow('wrong-state');
});
