import { expect, test } from 'vitest';
import { permissions, Role, rolesMay } from './access.ts';

const actions = Object.keys(permissions) as (keyof typeof permissions)[];

test('who holds no role may do nothing', () => {
  for (const action of actions) expect(rolesMay([], action)).toBe(false);
});

test('who watches over others does not act for them', () => {
  const writes = actions.filter((action) => !/:read$/.test(action));
  for (const action of writes) expect(rolesMay(['regulator', 'auditor'], action)).toBe(false);
  for (const action of ['patient:read', 'order:read', 'study:read', 'report:read'] as const)
    expect(rolesMay(['regulator', 'auditor'], action)).toBe(false);
});

test('the trail is the auditor’s alone, the accounts are the admin’s alone', () => {
  const who = (action: (typeof actions)[number]) => Role.options.filter((role) => rolesMay([role], action));
  expect(who('audit:read')).toEqual(['auditor']);
  expect(who('account:manage')).toEqual(['facility-admin']);
  expect(who('report:review')).toEqual(['senior-reader']);
  expect(who('facility:manage')).toEqual(['facility-admin']);
});

test('an admin runs the house and reads no findings', () => {
  for (const action of ['report:read', 'report:write', 'study:read', 'patient:read'] as const)
    expect(rolesMay(['facility-admin'], action)).toBe(false);
});
