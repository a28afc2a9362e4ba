import { expect, test } from 'vitest';
import { defaultLimits } from './limits.ts';
import { negotiate, objection } from './negotiate.ts';
import type { AssociateRequest, UserInformation } from './pdu.ts';
import { applicationContextUid, explicitVrLittleEndian, implicitVrLittleEndian, verificationSopClass } from './uids.ts';

const request = (user: Partial<UserInformation> = {}): AssociateRequest => ({
  protocolVersion: 1,
  calledAeTitle: 'HUB',
  callingAeTitle: 'CT1',
  applicationContext: applicationContextUid,
  contexts: [
    { id: 1, abstractSyntax: verificationSopClass, transferSyntaxes: ['1.2.840.10008.1.2.2', implicitVrLittleEndian] },
    { id: 3, abstractSyntax: '1.1', transferSyntaxes: [implicitVrLittleEndian, explicitVrLittleEndian] },
    { id: 5, abstractSyntax: '1.2', transferSyntaxes: ['1.9'] },
    { id: 7, abstractSyntax: '1.3', transferSyntaxes: ['1.9'] },
    { id: 9, abstractSyntax: verificationSopClass, transferSyntaxes: ['1.9'] },
  ],
  user: { maxPduBytes: 16_384, implementationClassUid: '1.2', roles: [], ...user },
});

const choose = (syntax: string) => {
  if (syntax === '1.1') return explicitVrLittleEndian;
  // What was not offered cannot be chosen.
  if (syntax === '1.2') return explicitVrLittleEndian;
  return undefined;
};

const answered = (user: Partial<UserInformation> = {}, operations = 1) =>
  negotiate(request(user), choose, { ...defaultLimits, operations }, { classUid: '1.5', versionName: 'V' });

test('contexts are answered one by one', () => {
  const { accept, contexts, refusedSyntaxes } = answered();
  expect(accept.contexts.map(({ id, result }) => [id, result])).toEqual([
    [1, 0],
    [3, 0],
    [5, 4],
    [7, 3],
    [9, 4],
  ]);
  expect([...contexts.values()]).toEqual([
    { id: 1, abstractSyntax: verificationSopClass, transferSyntax: implicitVrLittleEndian },
    { id: 3, abstractSyntax: '1.1', transferSyntax: explicitVrLittleEndian },
  ]);
  expect(refusedSyntaxes).toEqual(['1.2', '1.3', verificationSopClass]);
});

test.each([
  [undefined, 4, undefined],
  [{ invoked: 0, performed: 0 }, 1, { invoked: 1, performed: 1 }],
  [{ invoked: 0, performed: 5 }, 4, { invoked: 4, performed: 1 }],
  [{ invoked: 2, performed: 1 }, 4, { invoked: 2, performed: 1 }],
])('an operations window of %j with %i of our own is answered with %j', (operationsWindow, ours, expected) => {
  expect(answered({ operationsWindow }, ours).accept.user.operationsWindow).toEqual(expected);
});

test('the provider role is ours, and roles are answered for accepted contexts alone', () => {
  const roles = [
    { sopClassUid: '1.1', scu: true, scp: true },
    { sopClassUid: '1.3', scu: true, scp: true },
  ];
  expect(answered({ roles }).accept.user.roles).toEqual([{ sopClassUid: '1.1', scu: true, scp: false }]);
});

test.each<[Partial<AssociateRequest>, string | undefined]>([
  [{}, undefined],
  [{ protocolVersion: 2 }, 'protocol version 2'],
  [{ applicationContext: '1.2' }, 'application context is not DICOM'],
  [{ callingAeTitle: '' }, 'calling AE title'],
  [{ callingAeTitle: 'A\\B' }, 'calling AE title'],
  [{ callingAeTitle: 'A\nB' }, 'calling AE title'],
  [{ calledAeTitle: 'hub' }, 'called AE title'],
  [{ user: request({ maxPduBytes: 12 }).user }, 'maximum PDU length 12'],
  [{ user: request({ maxPduBytes: 0 }).user }, undefined],
])('a request with %j is objected to for: %s', (change, why) => {
  expect(objection({ ...request(), ...change }, 'HUB')?.why).toBe(why);
});
