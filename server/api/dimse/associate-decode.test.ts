import { expect, test } from 'vitest';
import { decodeAssociateRequest } from './associate-decode.ts';
import { encodeAssociateRequest } from './associate-encode.ts';
import type { AssociateRequest, ProposedContext } from './pdu.ts';

const context = (id: number): ProposedContext => ({
  id,
  abstractSyntax: `1.2.${id}`,
  transferSyntaxes: ['1.2.840.10008.1.2'],
});

const bytesOf = (contexts: ProposedContext[]): Buffer => {
  const request: AssociateRequest = {
    protocolVersion: 1,
    calledAeTitle: 'A',
    callingAeTitle: 'B',
    applicationContext: '1.2.840.10008.3.1.1.1',
    contexts,
    user: { maxPduBytes: 0, implementationClassUid: '1.2.3', roles: [] },
  };
  return encodeAssociateRequest(request).subarray(6);
};

test('all 128 contexts fit, one more than the limit does not', () => {
  const all = Array.from({ length: 128 }, (_, index) => context(2 * index + 1));
  expect(decodeAssociateRequest(bytesOf(all), 128).contexts).toHaveLength(128);
  expect(() => decodeAssociateRequest(bytesOf(all), 127)).toThrow('more than 127 presentation contexts');
});

test('context ids are odd and given once', () => {
  expect(() => decodeAssociateRequest(bytesOf([context(2)]), 128)).toThrow('presentation context id 2 is not odd');
  expect(() => decodeAssociateRequest(bytesOf([context(1), context(1)]), 128)).toThrow('id 1 is given twice');
});

test('a context with too many transfer syntaxes is refused', () => {
  const transferSyntaxes = Array.from({ length: 129 }, (_, index) => `1.2.${index}`);
  expect(() => decodeAssociateRequest(bytesOf([{ ...context(1), transferSyntaxes }]), 128)).toThrow(
    'more than 128 transfer syntaxes in context 1',
  );
});

test('a name longer than 64 characters is refused', () => {
  const abstractSyntax = '1.'.repeat(33);
  expect(() => decodeAssociateRequest(bytesOf([{ ...context(1), abstractSyntax }]), 128)).toThrow(
    'a name of 66 characters is longer than 64',
  );
});

test('user identity and unknown items are skipped', () => {
  const bytes = bytesOf([context(1)]);
  const identity = Buffer.from('58000006010000020000', 'hex');
  const unknown = Buffer.from('99000002abcd', 'hex');
  const withMore = Buffer.concat([bytes, identity, unknown]);
  // The user-information item is the last of the request: widen it by the identity that now follows it.
  const at = withMore.length - unknown.length - identity.length - (8 + 9) - 2;
  withMore.writeUInt16BE(withMore.readUInt16BE(at) + identity.length, at);
  expect(decodeAssociateRequest(withMore, 128)).toEqual(decodeAssociateRequest(bytes, 128));
});

test('missing items are named', () => {
  const fixed = bytesOf([]).subarray(0, 68);
  expect(() => decodeAssociateRequest(fixed, 128)).toThrow('A-ASSOCIATE has no application context');
  const withContext = Buffer.concat([fixed, Buffer.from('10000003312e32', 'hex')]);
  expect(() => decodeAssociateRequest(withContext, 128)).toThrow('A-ASSOCIATE has no user information');
});
